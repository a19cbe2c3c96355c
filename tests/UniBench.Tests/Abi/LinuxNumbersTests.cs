using System.Reflection;
using NUnit.Framework;
using UniBench.Host;
using UniBench.Tests.Compatibility;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Abi;

/// <summary>Linux's numbers are written down once in C# and once in C: both are what the host's headers say.</summary>
[TestFixture]
internal sealed class LinuxNumbersTests
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

    private static string Upper(string name) => CompilerProof.Snake(name).ToUpperInvariant();
}
