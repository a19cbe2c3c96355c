using NUnit.Framework;
using UniBench.Tests.Conformance;
using UniBench.Workloads;

namespace UniBench.Tests.Engine;

/// <summary>A program must not reach what it was not granted, whatever path it writes.</summary>
[TestFixture(EngineRun.Kvm, Category = NeedsKvmAttribute.Category)]
[TestFixture(EngineRun.Sandbox)]
internal sealed class EscapeTests(string machine)
{
    private const string Secret = "nobody may read this";

    [OneTimeSetUp]
    public void Use_the_machine()
    {
        EngineRun.Use(machine);
        Require.Programs(ShellScript.Busybox);
    }

    [TestCase("cat ../secret")]
    [TestCase("cat ../../../../../../../../../../$OUTSIDE/secret")]
    [TestCase("cat up/secret")]
    [TestCase("cat absolute/secret")]
    [TestCase("cat chain/secret")]
    [TestCase("cat link")]
    [TestCase("cd up && cat secret")]
    [TestCase("cd inner && cat ../../secret")]
    [TestCase("cat /proc/self/root$OUTSIDE/secret")]
    [TestCase("cat /proc/1/root$OUTSIDE/secret")]
    [TestCase("cat /proc/self/cwd/../secret")]
    [TestCase("cat /proc/self/fd/../../../secret")]
    [TestCase("cat /dev/../$OUTSIDE/secret")]
    [TestCase("cat /dev/fd/0/../secret")]
    [TestCase("ln ../secret mine; cat mine")]
    [TestCase("mv ../secret mine; cat mine")]
    [TestCase("cp /proc/self/root/../$OUTSIDE/secret mine; cat mine")]
    [TestCase("ln -s ../secret later; cat later; ls -L later")]
    [TestCase("ln -s /proc/self/root/$OUTSIDE x; cat x/secret")]
    [TestCase("exec ../program")]
    public void No_path_leads_out_of_what_was_granted(string script)
    {
        using FreshDirectory outside = new();
        string granted = Directory.CreateDirectory(Path.Combine(outside.Path, "granted")).FullName;
        Directory.CreateDirectory(Path.Combine(granted, "inner"));
        File.WriteAllText(Path.Combine(outside.Path, "secret"), Secret);
        File.WriteAllText(Path.Combine(outside.Path, "program"), $"#!/bin/busybox sh\necho {Secret}\n");
        File.SetUnixFileMode(Path.Combine(outside.Path, "program"), (UnixFileMode)0b111_101_101);
        File.CreateSymbolicLink(Path.Combine(granted, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(granted, "absolute"), outside.Path);
        File.CreateSymbolicLink(Path.Combine(granted, "chain"), "up");
        File.CreateSymbolicLink(Path.Combine(granted, "link"), "../secret");
        EngineOutput run = EngineRun.Run(
            [new ProcessSpec(ShellScript.Busybox, ["busybox", "sh", "-c", $"OUTSIDE={outside.Path}; {script}; true"])],
            s => s with { Mounts = [new Mount(granted, "/granted", true), new Mount(ShellScript.Busybox, ShellScript.Busybox, false)], WorkingDirectory = "/granted", Environment = ["PATH=/bin"] });
        Assert.Multiple(() =>
        {
            Assert.That(run.Stdout, Does.Not.Contain(Secret));
            Assert.That(File.ReadAllText(Path.Combine(outside.Path, "secret")), Is.EqualTo(Secret));
        });
    }

    [TestCase("echo x > new")]
    [TestCase("echo x >> there")]
    [TestCase("rm there")]
    [TestCase("mkdir d")]
    [TestCase("mv there other")]
    [TestCase("chmod 777 there")]
    [TestCase("ln -s x l")]
    [TestCase("mkfifo p")]
    [TestCase("exec 3< there; echo x > /proc/self/fd/3")]
    [TestCase("touch -d 2001-01-01 there")]
    public void Nothing_beneath_a_read_only_mount_can_be_changed(string script)
    {
        using FreshDirectory granted = new();
        string there = Path.Combine(granted.Path, "there");
        File.WriteAllText(there, "as it was");
        DateTime written = File.GetLastWriteTimeUtc(there);
        EngineRun.Run(
            [new ProcessSpec(ShellScript.Busybox, ["busybox", "sh", "-c", script])],
            s => s with { Mounts = [new Mount(granted.Path, "/granted", false)], WorkingDirectory = "/granted" });
        Assert.Multiple(() =>
        {
            Assert.That(Directory.GetFileSystemEntries(granted.Path), Is.EqualTo(new[] { there }));
            Assert.That(File.ReadAllText(there), Is.EqualTo("as it was"));
            Assert.That(File.GetLastWriteTimeUtc(there), Is.EqualTo(written));
            Assert.That(File.GetUnixFileMode(there) & UnixFileMode.OtherWrite, Is.EqualTo((UnixFileMode)0));
        });
    }

    [TestCase("dd of=missing/new", "missing/new': No such file or directory")]
    [TestCase("dd of=new", "new': Read-only file system")]
    [TestCase("dd of=there", "there': Read-only file system")]
    [TestCase("dd of=.", ".': Is a directory")]
    [TestCase("dd of=there/new", "there/new': Not a directory")]
    public void Beneath_a_read_only_mount_the_first_thing_in_the_way_is_named(string command, string reason)
    {
        using FreshDirectory granted = new();
        File.WriteAllText(Path.Combine(granted.Path, "there"), "as it was");
        EngineOutput run = EngineRun.Run(
            [new ProcessSpec(ShellScript.Busybox, ["busybox", "sh", "-c", $"{command} 2>&1 < there"])],
            s => s with { Mounts = [new Mount(granted.Path, "/granted", false)], WorkingDirectory = "/granted" });
        Assert.That(run.Stdout, Does.Contain(reason));
    }
}
