using NUnit.Framework;
using UniBench.Monitor.Files;
using UniBench.Monitor.Procfs;
using UniBench.Workloads;

namespace UniBench.Tests.Procfs;

/// <summary>The trees that /proc and /sys are made of.</summary>
[TestFixture]
internal sealed class NodeTests
{
    private static readonly NodeTable<string> Inner = new(("text", of => new SpecialFile.Text(() => of)), ("absent", _ => null));
    private static readonly NodeTable<string> Outer = new(("inner", of => Inner.Open(of)), ("link", _ => new SpecialFile.Link("inner")));

    [TestCase("", typeof(SpecialFile.Directory))]
    [TestCase("/inner", typeof(SpecialFile.Directory))]
    [TestCase("/inner/text", typeof(SpecialFile.Text))]
    [TestCase("/link", typeof(SpecialFile.Link))]
    [TestCase("/link/text", null)]
    [TestCase("/inner/text/more", null)]
    [TestCase("/inner/absent", null)]
    [TestCase("/other", null)]
    public void A_path_leads_through_directories_and_not_through_what_is_none(string path, Type? kind) => Assert.That(Outer.Open("x").At(path)?.GetType(), Is.EqualTo(kind));

    [Test]
    public void A_directory_lists_what_is_there_alone() => Assert.That(Inner.Open("x").List(), Is.EqualTo((string[])["text"]));

    [Test]
    public void The_host_s_sys_is_shown_where_it_tells_of_processors_and_nowhere_else()
    {
        Assert.That(HostNodes.System.At("/devices/system/cpu/online"), Is.InstanceOf<SpecialFile.HostText>());
        Assert.That(HostNodes.System.At("/devices/system/cpu"), Is.InstanceOf<SpecialFile.Directory>());
        Assert.That(HostNodes.System.List(), Is.SubsetOf((string[])["devices", "kernel", "hypervisor"]));
        Assert.That(HostNodes.System.At("/class"), Is.Null);
        Assert.That(HostNodes.System.At("/kernel/debug"), Is.Null);
    }

    [Test]
    public void A_link_on_the_way_is_not_followed_by_the_host() =>
        Assert.That(HostNodes.System.At("/devices/system/cpu/cpu0/subsystem/uevent"), Is.Null, "subsystem leads out of what is shown");

    [Test]
    public void Every_family_has_the_mounts_that_every_program_expects_beside_those_it_was_granted()
    {
        MountTable table = new([new Mount(Path.GetTempPath(), "/data dir", true)]);
        string[] points = [.. table.Mounts().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')[1])];
        Assert.That(points, Is.EqualTo((string[])["/data\\040dir", "/", "/proc", "/sys", "/dev", "/dev/shm", "/tmp"]));
        Assert.That(table.Information().Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.All.Match(@"^\d+ \d+ \d+:\d+ / \S+ r[ow],relatime - \S+ \S+ r[ow]$"));
        Assert.That(table.IdOf("/proc/self"), Is.EqualTo(table.IdOf("/proc")).And.Not.EqualTo(table.IdOf("/dev/shm/x")));
    }

    [Test]
    public void A_root_that_was_granted_has_its_own_tmp() =>
        Assert.That(new MountTable([new Mount("/", "/", false)]).Mounts(), Does.Not.Contain(" /tmp ").And.Contain(" /proc proc "));
}
