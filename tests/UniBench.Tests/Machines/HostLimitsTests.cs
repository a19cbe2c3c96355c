using NUnit.Framework;
using UniBench.Host;

namespace UniBench.Tests.Machines;

[TestFixture]
internal sealed class HostLimitsTests
{
    private string root = "";

    [SetUp]
    public void MakeHost()
    {
        root = Directory.CreateTempSubdirectory("unibench-limits-test-").FullName;
        Write("proc/sys/kernel/threads-max", "100000\n");
    }

    [TearDown]
    public void Remove() => Directory.Delete(root, recursive: true);

    [Test]
    public void Without_groups_the_kernels_limit_counts()
    {
        Require.Root(); // others have a limit of their own
        Assert.That(HostLimits.RoomForThreads(root, 256), Is.EqualTo(100000 - 256));
    }

    [Test]
    public void The_tightest_group_above_counts_less_what_it_has_already()
    {
        Write("proc/self/cgroup", "4:memory:/other\n0::/a/b\n");
        Write("sys/fs/cgroup/a/b/pids.max", "max\n");
        Write("sys/fs/cgroup/a/pids.max", "2000\n");
        Write("sys/fs/cgroup/a/pids.current", "500\n");
        Assert.That(HostLimits.RoomForThreads(root, 256), Is.EqualTo(1500 - 256));
    }

    [Test]
    public void A_group_of_the_first_kind_counts_too_and_half_of_a_small_room_stays()
    {
        Write("proc/self/cgroup", "8:pids:/here\n9:cpu,cpuacct:/x\n");
        Write("sys/fs/cgroup/pids/here/pids.max", "120\n");
        Write("sys/fs/cgroup/pids/here/pids.current", "20\n");
        Assert.That(HostLimits.RoomForThreads(root, 256), Is.EqualTo(50));
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
