using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using UniBench.Host;

namespace UniBench.Tests.Backends;

/// <summary>unibench killed with SIGKILL while a workload runs: nothing of the workload outlives it.</summary>
[TestFixture]
internal sealed class KilledWorkbenchTests
{
    private const int Patience = 60_000; // ms, where nothing should have to be waited for

    [TestCase("process")]
    [TestCase("container")]
    public void No_workload_outlives_it(string backend)
    {
        if (backend == "container")
        {
            Require.Root();
            Require.Runc();
        }

        Require.StaticShell("/bin/busybox", "busybox-static");
        string tool = Path.Combine(TestContext.CurrentContext.TestDirectory, "unibench.dll");

        // In a container its numbers are its own, so that both are found by what they sleep for, which nobody else does.
        string mark = string.Create(CultureInfo.InvariantCulture, $"9{Environment.ProcessId}{Random.Shared.Next(100, 999)}");
        using Process unibench = Process.Start(new ProcessStartInfo("dotnet", [tool, "exec", "--backend", backend, "--", "/bin/busybox", "sh", "-c", $"(sleep {mark} & sleep {mark}); echo no"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        })!;
        List<int> running = [];
        try
        {
            Assert.That(SpinWait.SpinUntil(() => (running = Marked(mark)).Count >= 2 || unibench.HasExited, Patience) && running.Count >= 2, "the workload did not start");
            HostProcess.Kill(unibench.Id, 9);
            unibench.WaitForExit();
            Assert.That(SpinWait.SpinUntil(() => Marked(mark).Count == 0, Patience), "the workload outlived unibench");
        }
        finally
        {
            Marked(mark).ForEach(pid => HostProcess.Kill(pid, 9));
        }
    }

    private static List<int> Marked(string mark) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => char.IsAsciiDigit(n![0])).Where(n => CommandLine(n!) == $"sleep\0{mark}\0").Select(n => int.Parse(n!, CultureInfo.InvariantCulture)),
    ];

    private static string CommandLine(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return string.Empty; // it has ended
        }
    }
}
