using System.Globalization;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Workloads;
using static UniBench.Tests.Backends.Shell;

namespace UniBench.Tests.Backends;

internal sealed class CgroupTests
{
    [SetUp]
    public void Needs()
    {
        UniBench.Tests.Require.Root();
        Shell.Require();
    }

    [Test]
    public void Groups_of_a_process_that_is_gone_are_removed_with_what_runs_in_them()
    {
        string hierarchy = Hierarchy();
        int maker = EndedProcess();
        string group = $"{hierarchy}/unibench-{maker}-1";
        Directory.CreateDirectory($"{group}/unibench-{maker}-2");
        int stray = HostProcess.Spawn(Busybox, ["sleep", "1000"], [], "/", [0, 1, 2], 0);
        File.WriteAllText($"{group}/cgroup.procs", stray.ToString(CultureInfo.InvariantCulture));
        CgroupLeftovers.Sweep();
        HostProcessEnd? end = HostProcess.Wait(stray, block: false);
        if (end is null)
        {
            HostProcess.Kill(stray, 9);
            end = HostProcess.Wait(stray, block: true);
            Assert.That(Directory.Exists(group), Is.False, "a group is removed only when it is empty");
        }

        Assert.That(ExitStatus.FromWaitWord(end!.Value.WaitWord), Is.EqualTo(ExitStatus.Killed(9)));
        Assert.That(Directory.Exists(group), Is.False);
    }

    [Test]
    public void Groups_of_a_living_process_stay()
    {
        string group = $"{Hierarchy()}/unibench-{Environment.ProcessId}-99999";
        Directory.CreateDirectory(group);
        try
        {
            CgroupLeftovers.Sweep();
            Assert.That(Directory.Exists(group), Is.True);
        }
        finally
        {
            Directory.Delete(group);
        }
    }

    [TestCase("unibench-1-2-3")]
    [TestCase("unibench-x-1")]
    [TestCase("unibench-")]
    [TestCase("other-999999999-1")]
    public void Names_of_others_are_never_taken_for_ours(string name) => Assert.That(CgroupLeftovers.IsAbandoned(name), Is.False);

    [Slow]
    [Test]
    public void In_the_v2_hierarchy_CPU_time_is_counted_and_the_whole_group_is_killed()
    {
        string? root = ((string[])["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]).FirstOrDefault(r => File.Exists($"{r}/cgroup.controllers"));
        if (root is null)
        {
            Assert.Ignore("no cgroup v2 hierarchy is mounted");
        }

        string seconds = $"94{Environment.ProcessId}";
        using CgroupV2 group = new(root);
        using SafeNull nothing = new();
        ProcessStart start = new(Script($"setsid sleep {seconds} & i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"), ["PATH=/bin"], "/", nothing.Three);
        FamilyRun run = new SpawnedFamily(group).Run([start], () => { }, [], Patience.Seconds(2), CancellationToken.None);
        Assert.That(run.Outcome, Is.EqualTo(FamilyOutcome.TimedOut), "the orphan kept it alive");
        Assert.That(run.CpuUser + run.CpuSystem, Is.GreaterThan(TimeSpan.FromMilliseconds(20)));
        Assert.That(run.Statuses, Is.EqualTo((ExitStatus[])[ExitStatus.Exited(0)]));
        Assert.That(ProcessesWith(seconds), Is.Empty);
    }

    private static string Hierarchy() => File.Exists("/sys/fs/cgroup/cgroup.procs") ? "/sys/fs/cgroup" : "/sys/fs/cgroup/pids";

    private static int EndedProcess()
    {
        int pid = HostProcess.Spawn(Busybox, ["true"], [], "/", [0, 1, 2], 0);
        _ = HostProcess.Wait(pid, block: true);
        return pid;
    }

    private sealed class SafeNull : IDisposable
    {
        private readonly Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);

        public IReadOnlyList<int> Three => [HostPipe.Number(handle), HostPipe.Number(handle), HostPipe.Number(handle)];

        public void Dispose() => handle.Dispose();
    }
}
