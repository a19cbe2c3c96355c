using NUnit.Framework;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Workloads;
using static UniBench.Tests.Backends.Shell;

namespace UniBench.Tests.Backends;

internal sealed class ProcessSpreaderTests
{
    [TestCase("process")]
    [TestCase("container")]
    public void On_two_CPUs_a_process_and_its_child_are_pinned_to_different_ones(string name)
    {
        Shell.Require();
        UniBench.Tests.Require.Root();
        UniBench.Tests.Require.Runc();
        if (CpuTopology.Current.Two is not { } cpus)
        {
            Assert.Ignore("this process may use one CPU only");
            return;
        }

        using IBackend backend = BackendRegistry.Create(name);
        const string Child = "until [ \"$(grep Cpus_allowed_list /proc/$$/status)\" != \"$(grep Cpus_allowed_list /proc/$PPID/status)\" ]; do :; done; echo apart";
        LaunchRequest request = Request(Script($"sh -c '{Child}' & wait")) with { Cpus = cpus, Timeout = Patience.Seconds(20) };
        Assert.That(backend.Launch(request, CancellationToken.None).Text(), Is.EqualTo("apart"));
    }

    [Test]
    public void Stages_of_a_pipeline_start_on_different_CPUs()
    {
        Shell.Require();
        if (CpuTopology.Current.Two is not { } cpus)
        {
            Assert.Ignore("this process may use one CPU only");
            return;
        }

        using HostPipe output = new();
        int end = HostPipe.Number(output.Writer);
        ProcessStart start = new(Script("grep Cpus_allowed_list /proc/self/status"), ["PATH=/bin"], "/", [0, end, 2]);
        FamilyRun run = new SpawnedFamily(null).Run([start, start], output.Writer.Dispose, cpus, Patience.Seconds(20), CancellationToken.None);
        using StreamReader reader = new(new FileStream(output.Reader, FileAccess.Read));
        string[] places = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(places, Is.Unique.And.Length.EqualTo(2), $"{run.Outcome}");
    }
}
