using System.Globalization;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Workloads;
using static UniBench.Tests.Backends.Shell;

namespace UniBench.Tests.Backends;

internal sealed class ContainerBackendTests : IDisposable
{
    private readonly ContainerBackend backend = new();

    [SetUp]
    public void Needs()
    {
        UniBench.Tests.Require.Root();
        UniBench.Tests.Require.Runc();
        Shell.Require();
    }

    public void Dispose() => backend.Dispose();

    [Test]
    public void The_program_is_alone_in_its_container()
    {
        LaunchResult result = backend.Launch(Script("echo $$ $(hostname); ls /; ls /bin"));
        Assert.That(result.Text().Split('\n'), Is.EqualTo((string[])["1 unibench", "bin", "dev", "proc", "tmp", "sh"]), System.Text.Encoding.UTF8.GetString(result.Stderr));
    }

    [Test]
    public void Two_programs_of_one_name_stay_two_programs()
    {
        string other = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "programs", "hello"), Path.Combine(other, "cat"));
            LaunchResult result = backend.Launch(new ProcessSpec(Path.Combine(other, "cat"), ["cat"]), Applet("cat"));
            Assert.That(result.Text(), Is.EqualTo("hello, world"));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Test]
    public void The_container_is_held_to_the_CPUs_that_were_asked_for()
    {
        int cpu = HostThread.GetAffinity().Cpus.Last();
        LaunchResult result = backend.Launch(Request(Script("grep Cpus_allowed_list /proc/self/status")) with { Cpus = [cpu] }, CancellationToken.None);
        Assert.That(result.Text().Split('\t')[1], Is.EqualTo(cpu.ToString(CultureInfo.InvariantCulture)));
    }

    [Test]
    public void What_the_runtime_itself_used_is_told_apart()
    {
        LaunchResult result = backend.Launch(Script("i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done"));
        Assert.That(result.CpuMonitor, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(result.CpuUser + result.CpuSystem, Is.GreaterThan(TimeSpan.FromMilliseconds(20)));
        Assert.That(result.CpuUser + result.CpuSystem + result.CpuMonitor, Is.LessThan(result.Wall * Environment.ProcessorCount));
    }

    [TestCase("/bin/cat")]
    [TestCase("/bin")]
    public void What_is_mounted_where_programs_go_does_not_hide_them(string at)
    {
        string other = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(other, "note"), "mounted");
            LaunchRequest request = Request(Applet("cat") with { Arguments = ["cat", at == "/bin" ? "/bin/note" : at] }) with
            {
                Mounts = [new Mount(at == "/bin" ? other : Path.Combine(other, "note"), at, Writable: false)],
            };
            Assert.That(backend.Launch(request, CancellationToken.None).Text(), Is.EqualTo("mounted"));
        }
        finally
        {
            Directory.Delete(other, recursive: true);
        }
    }

    [Test]
    public void A_directory_of_the_host_is_there_when_it_was_granted()
    {
        string shared = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(shared, "note"), "shared");
            LaunchRequest request = Request(Script("cat /data/note; echo x > /data/note")) with { Mounts = [new Mount(shared, "/data", Writable: false)] };
            LaunchResult result = backend.Launch(request, CancellationToken.None);
            Assert.That(result.Text(), Is.EqualTo("shared"));
            Assert.That(File.ReadAllText(Path.Combine(shared, "note")), Is.EqualTo("shared"));
        }
        finally
        {
            Directory.Delete(shared, recursive: true);
        }
    }

    [Test]
    public void A_granted_root_is_there_read_only_with_the_containers_own_proc_and_dev()
    {
        LaunchRequest request = Request(Script("echo $$; test -x /bin/busybox && ls -d /etc /usr; echo x >/usr/x; ls /dev/null")) with { Mounts = [new Mount("/", "/", Writable: false)] };
        LaunchResult result = backend.Launch(request, CancellationToken.None);
        Assert.That(result.Text(), Is.EqualTo("1\n/etc\n/usr\n/dev/null"), System.Text.Encoding.UTF8.GetString(result.Stderr));
        Assert.That(File.Exists("/usr/x"), Is.False);
    }

    [Test]
    public void What_cannot_be_mounted_over_a_granted_root_is_refused()
    {
        using Granted granted = new("note", "");
        Mount root = new(granted.Directory, "/", Writable: false);
        Assert.That(backend.Refusal(Request(Script("true")) with { Mounts = [root, new Mount("/usr", "/nowhere", Writable: false)] }), Does.Contain("/nowhere cannot be mounted"));
        Assert.That(backend.Refusal(Request(Script("true")) with { Mounts = [root with { Writable = true }] }), Does.Contain("read-only"));
    }

    [Test]
    public void A_failure_of_the_runtime_is_not_taken_for_the_program_s()
    {
        LaunchRequest request = Request(Applet("true")) with { Mounts = [new Mount("/nonexistent/tree", "/data", Writable: false)] };
        Assert.That(() => backend.Launch(request, CancellationToken.None), Throws.TypeOf<LaunchException>().With.Message.Contains("/nonexistent/tree"));
        Assert.That(Leftovers.All(), Is.Empty);
    }
}
