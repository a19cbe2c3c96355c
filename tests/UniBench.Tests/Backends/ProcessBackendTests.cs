using System.Globalization;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Workloads;
using static UniBench.Tests.Backends.Shell;

namespace UniBench.Tests.Backends;

internal sealed class ProcessBackendTests : IDisposable
{
    private readonly ProcessBackend backend = new();

    [SetUp]
    public void NeedsBusybox() => Shell.Require();

    public void Dispose() => backend.Dispose();

    [Test]
    public void A_launch_ends_with_its_last_orphan() => Assert.That(backend.Launch(Script("(sleep 0.2; echo late) & exit 0")).Text(), Is.EqualTo("late"));

    [Test]
    public void A_directory_that_would_be_elsewhere_is_refused_with_both_paths()
    {
        LaunchRequest request = Request(Script("ls /data")) with { Mounts = [new Mount("/usr", "/data", Writable: false)] };
        Assert.That(backend.Refusal(request), Does.Contain("/usr cannot be at /data"));
        Assert.That(() => backend.Launch(request, CancellationToken.None), Throws.TypeOf<LaunchException>().With.Message.Contains("/data"));
    }

    [Test]
    public void CPU_time_of_an_orphan_is_counted()
    {
        UniBench.Tests.Require.Root();
        LaunchResult result = backend.Launch(Script("sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; cat /proc/$$/stat' & exit 0"));
        string[] fields = result.Text()[(result.Text().LastIndexOf(')') + 2)..].Split(' ');
        double ticks = double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture);
        Assert.That((result.CpuUser + result.CpuSystem).TotalSeconds, Is.GreaterThan((ticks - 1) / 100).And.GreaterThan(0.02));
    }

    [Test]
    public void A_child_that_made_its_own_session_is_killed_too()
    {
        UniBench.Tests.Require.Root();
        string seconds = $"96{Environment.ProcessId}";
        LaunchRequest request = Request(Script($"setsid sleep {seconds} & exit 0")) with { Timeout = TimeSpan.FromMilliseconds(300) };
        Assert.That(backend.Launch(request, CancellationToken.None).Outcome, Is.EqualTo(FamilyOutcome.TimedOut));
        Assert.That(ProcessesWith(seconds), Is.Empty);
    }

    [Test]
    public void The_workload_runs_on_the_CPUs_that_were_asked_for_and_this_process_keeps_its_own()
    {
        int[] before = [.. HostThread.GetAffinity().Cpus];
        LaunchRequest request = Request(Script("grep Cpus_allowed_list /proc/self/status")) with { Cpus = [before[^1]] };
        Assert.That(backend.Launch(request, CancellationToken.None).Text().Split('\t')[1], Is.EqualTo(before[^1].ToString(CultureInfo.InvariantCulture)));
        Assert.That(HostThread.GetAffinity().Cpus, Is.EqualTo(before));
    }

    [Test]
    public void A_program_that_is_not_executable_is_an_error_that_says_so()
    {
        string path = Path.GetTempFileName();
        try
        {
            Assert.That(() => backend.Launch(new ProcessSpec(path, ["x"])), Throws.TypeOf<LaunchException>().With.Message.Contains("not executable"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void When_a_later_stage_cannot_be_started_the_earlier_ones_are_killed()
    {
        string seconds = $"95{Environment.ProcessId}";
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "neither ELF nor script");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Assert.That(() => backend.Launch(Applet("sleep", seconds), new ProcessSpec(path, ["x"])), Throws.TypeOf<LaunchException>().With.Message.Contains("ENOEXEC").Or.Message.Contains("errno 8"));
            Assert.That(ProcessesWith(seconds), Is.Empty);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Launches_side_by_side_do_not_disturb_each_other()
    {
        string[] outputs = new string[8];
        Parallel.For(0, outputs.Length, i => outputs[i] = backend.Launch(Applet("echo", $"{i}"), Applet("cat")).Text());
        Assert.That(outputs, Is.EqualTo(Enumerable.Range(0, 8).Select(i => $"{i}")));
    }

    [Test]
    public void Wall_time_lasts_at_least_as_long_as_the_program() => Assert.That(backend.Launch(Applet("sleep", "0.15")).Wall, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(0.15)));
}
