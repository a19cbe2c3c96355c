using NUnit.Framework;
using UniBench.Backends;
using UniBench.Workloads;

namespace UniBench.Tests.Backends;

internal sealed class GrantedFilesTests
{
    private static readonly Mount[] Mounts = [new("/srv/root", "/", false), new("/home/me", "/home/me/", false), new("/srv/data", "/data", true)];

    [TestCase("/", "/srv/root")]
    [TestCase("/etc/passwd", "/srv/root/etc/passwd")]
    [TestCase("/data", "/srv/data")]
    [TestCase("/data/", "/srv/data/")]
    [TestCase("/data/a/b", "/srv/data/a/b")]
    [TestCase("/data/../etc", "/srv/root/etc")]
    [TestCase("/database", "/srv/root/database")]
    [TestCase("/home/me", "/home/me")]
    [TestCase("/home/me/x", "/home/me/x")]
    public void A_path_lies_in_the_innermost_mount_around_it(string path, string host) => Assert.That(GrantedFiles.HostPath(Mounts, path), Is.EqualTo(host));

    [Test]
    public void Without_a_mount_around_it_there_is_nothing() => Assert.That(GrantedFiles.HostPath(Mounts[1..], "/home"), Is.Null);

    [TestCase("/home/me/x", true)]
    [TestCase("/data/x", false)]
    [TestCase("/etc", false)]
    public void A_path_is_the_same_where_its_mount_is_at_its_own_path(string path, bool same) => Assert.That(GrantedFiles.IsSamePath(Mounts, path), Is.EqualTo(same));

    [TestCase("/", "/", true)]
    [TestCase("/a/b/", "/a/b", true)]
    [TestCase("/a/./b", "/a/b", true)]
    [TestCase("/a", "/", false)]
    public void A_mount_is_at_its_own_path_however_that_is_written(string host, string guest, bool own) =>
        Assert.That(GrantedFiles.IsAtOwnPath(new Mount(host, guest, false)), Is.EqualTo(own));
}
