using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Tests.Compatibility;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Abi;

/// <summary>Linux's numbers are written down once in C# and once in C: both are what the host's headers say.</summary>
[TestFixture]
internal sealed partial class LinuxNumbersTests
{
    private static string OurList => Path.Combine(ConformancePrograms.Repository, "guest", "libos", "linux_calls.h");

    [Test]
    public void Every_system_call_has_the_number_of_the_hosts_headers()
    {
        CompilerProof proof = new("<sys/syscall.h>");
        foreach ((int number, string name) in SystemCallTable.Linux)
        {
            proof.EqualIfDefined($"SYS_{name}", number);
        }

        proof.Check();
    }

    [Test]
    public void The_list_in_C_is_the_list_in_CSharp()
    {
        string[] here = [.. SystemCallTable.Linux.Select(c => $"NR_{c.Value} = {c.Key}")];
        string[] there = [.. File.ReadAllText(OurList).Split('{', '}')[1].Split('\n', ',').Select(l => l.Trim()).Where(l => l.Length > 0)];
        Assert.That(there, Is.EqualTo(here));
    }

    [Test]
    public void Signals_flags_and_errors_have_the_numbers_of_the_hosts_headers()
    {
        CompilerProof proof = new("<signal.h>", "<fcntl.h>", "<errno.h>");
        Constants(proof, typeof(Signal), n => n, except: nameof(Signal.SIGRTMIN)); // that of the kernel: C libraries keep some for themselves
        Constants(proof, typeof(Errno), n => n, except: nameof(Errno.ERESTARTSYS)); // never leaves the kernel
        Constants(proof, typeof(OpenFlags), n => "O_" + Upper(n), except: nameof(OpenFlags.Tmpfile));
        proof.Equal("O_TMPFILE & ~O_DIRECTORY", OpenFlags.Tmpfile);
        Constants(proof, typeof(AtFlags), n => "AT_" + Upper(n));
        Constants(proof, typeof(FcntlCommand), n => n is nameof(FcntlCommand.SetOwner) ? "F_SETOWN_EX" : n is nameof(FcntlCommand.GetOwner) ? "F_GETOWN_EX" : "F_" + Upper(n));
        proof.Check();
    }

    [Test]
    public void Events_and_codes_have_the_numbers_of_the_hosts_headers()
    {
        CompilerProof proof = new("<signal.h>", "<fcntl.h>", "<poll.h>", "<sys/inotify.h>");
        Constants(proof, typeof(SignalCode), Upper);
        Constants(proof, typeof(PollEvents), n => "POLL" + Upper(n));
        Constants(proof, typeof(WatchEvents), n => "IN_" + Upper(n));
        Constants(proof, typeof(NoticeEvents), n => "(unsigned)DN_" + Upper(n));
        proof.Check();
    }

    /// <summary>The library OS's own header of what programs see: it has no kernel header.</summary>
    [Test]
    public void Numbers_of_the_C_header_are_those_of_the_hosts_headers()
    {
        const int Least = 250; // that it has; fewer: they were not found
        CompilerProof proof = new(
            "<errno.h>", "<fcntl.h>", "<limits.h>", "<poll.h>", "<sched.h>", "<signal.h>", "<stdint.h>", "<sys/epoll.h>", "<sys/inotify.h>", "<sys/ioctl.h>", "<sys/ipc.h>", "<sys/mman.h>",
            "<sys/msg.h>", "<sys/personality.h>", "<sys/prctl.h>", "<sys/random.h>", "<sys/resource.h>", "<sys/sem.h>", "<sys/shm.h>", "<sys/stat.h>", "<sys/uio.h>", "<sys/wait.h>",
            "<time.h>", "<linux/close_range.h>", "<linux/fs.h>", "<linux/futex.h>", "<linux/openat2.h>");

        // Handlers are pointers there; what C libraries make of real-time signals and stacks is their own.
        string[] others = ["SIG_DFL", "SIG_IGN", "SIGRTMIN", "MINSIGSTKSZ"];
        (string Name, long Value)[] ours = [.. ValuesOf(Path.Combine(ConformancePrograms.Repository, "guest", "libos", "linux_abi.h")).Where(v => !others.Contains(v.Name))];
        foreach ((string name, long value) in ours)
        {
            proof.EqualIfDefined(name, value);
        }

        Assert.That(ours, Has.Length.GreaterThan(Least));
        proof.Check();
    }

    [Test]
    public void A_wrong_number_does_not_pass()
    {
        CompilerProof proof = new("<sys/syscall.h>");
        proof.EqualIfDefined("SYS_read", 1);
        Assert.That(proof.Check, Throws.InstanceOf<AssertionException>());
    }

    private static void Constants(CompilerProof proof, Type type, Func<string, string> name, string? except = null)
    {
        foreach (FieldInfo constant in type.GetFields(BindingFlags.Static | BindingFlags.Public).Where(f => f.Name != except))
        {
            proof.Equal(name(constant.Name), constant.GetRawConstantValue()!);
        }
    }

    /// <summary>A header's constants, as gcc computes them.</summary>
    private static IEnumerable<(string Name, long Value)> ValuesOf(string header)
    {
        IEnumerable<string> names = Name().Matches(Comment().Replace(File.ReadAllText(header), string.Empty)).Select(m => m.Value).Distinct();
        string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"values-{Guid.NewGuid():N}.c");
        File.WriteAllText(file, $"#include \"{header}\"\nvoid values(void)\n{{\n{string.Concat(names.Select(n => $"    __asm__ volatile(\"-> {n} %0\" : : \"i\"((long long)({n})));\n"))}}}\n");
        try
        {
            using Process gcc = Process.Start(new ProcessStartInfo("gcc", ["-std=c11", "-S", "-o", "-", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = gcc.StandardError.ReadToEndAsync();
            string assembly = gcc.StandardOutput.ReadToEnd();
            gcc.WaitForExit();
            Assert.That(gcc.ExitCode, Is.Zero, errors.Result);
            return [.. Value().Matches(assembly).Select(m => (m.Groups[1].Value, long.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture)))];
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Assert.Ignore($"gcc: {e.Message}");
            return [];
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    /// <summary>What #define gives a value, and members of enumerations.</summary>
    [GeneratedRegex(@"(?<=#define\s+)[A-Z][A-Z0-9_]+\b(?=[ \t]+\S)|(?<=[{,]\s*)[A-Z][A-Z0-9_]+(?=\s*[,}=])")]
    private static partial Regex Name();

    [GeneratedRegex(@"-> (\w+) \$(-?\d+)")]
    private static partial Regex Value();

    private static string Upper(string name) => CompilerProof.Snake(name).ToUpperInvariant();
}
