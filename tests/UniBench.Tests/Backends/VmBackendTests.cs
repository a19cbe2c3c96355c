using NUnit.Framework;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Workloads;
using static UniBench.Tests.Backends.Shell;

namespace UniBench.Tests.Backends;

/// <summary>Linux VMs, on the emulated processor: all but it is what VMs on KVM are, and it can be had everywhere.</summary>
internal sealed class VmBackendTests : IDisposable
{
    private static readonly TimeSpan Boot = Patience.Seconds(240);
    private readonly VmBackend backend = new(VmAccelerator.Emulation);

    public void Dispose() => backend.Dispose();

    [TearDown]
    public void Nothing_is_left_on_the_machine() => Assert.That(Leftovers.All(), Is.Empty);

    [Test]
    [Slow]
    [TooLongEmulated]
    public void Stages_in_a_VM_have_streams_files_environment_and_statuses_as_everywhere()
    {
        Needs();
        string shared = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        try
        {
            string note = Path.Combine(shared, "note");
            File.WriteAllText(note, "granted\n");
            Directory.CreateDirectory(Path.Combine(shared, "made"));
            using FileStream input = new(note, FileMode.Open);
            LaunchRequest request = Request(Script("cat; echo said >&2; exit 3"), Script("cat; echo $WORD; cat /one; echo x >/data/made/by-guest; echo x >/rest/note || echo refused; kill -TERM $$")) with
            {
                Environment = ["PATH=/bin", "WORD=spoken"],
                Timeout = Boot,
                Stdin = HostPipe.Number(input.SafeFileHandle),
                Mounts = [new Mount(shared, "/data", Writable: true), new Mount(shared, "/rest", Writable: false), new Mount(note, "/one", Writable: false)],
            };
            LaunchResult result = backend.Launch(request, CancellationToken.None);
            Assert.Multiple(() =>
            {
                Assert.That(result.Text(), Is.EqualTo("granted\nspoken\ngranted\nrefused"));
                Assert.That(System.Text.Encoding.UTF8.GetString(result.Stderr), Does.StartWith("said\n"));
                Assert.That(result.Stages, Is.EqualTo((ExitStatus[])[ExitStatus.Exited(3), ExitStatus.Killed(15)]));
                Assert.That(File.ReadAllText(Path.Combine(shared, "made", "by-guest")), Is.EqualTo("x\n"));
                Assert.That(File.ReadAllText(note), Is.EqualTo("granted\n"));
                Assert.That(result.CpuUser, Is.GreaterThan(TimeSpan.Zero));
            });
        }
        finally
        {
            Directory.Delete(shared, recursive: true);
        }
    }

    [Test]
    [Slow]
    [TooLongEmulated]
    public void Faults_strike_inside_and_the_clock_of_the_start_is_the_programs_own()
    {
        Needs();
        LaunchRequest request = Request(Applet("sleep", "1000"), Script("cat; cut -d. -f1 /proc/uptime")) with
        {
            Timeout = Boot,
            Faults = [new FaultStep(TimeSpan.FromMilliseconds(1), 0, Signal.SIGKILL), new FaultStep(TimeSpan.FromHours(1), 1, Signal.SIGKILL)],
        };
        LaunchResult result = backend.Launch(request, CancellationToken.None);
        Assert.That(result.Stages, Is.EqualTo((ExitStatus[])[ExitStatus.Killed(Signal.SIGKILL), ExitStatus.Exited(0)]));
        Assert.That(result.MissedFaults, Is.EqualTo(request.Faults.Skip(1)));
        Assert.That(result.StartedAt, Is.LessThan(long.Parse(result.Text(), System.Globalization.CultureInfo.InvariantCulture) * 1_000_000_000), "the start was before what the programs read of their clock");
    }

    [Test]
    [Slow]
    [TooLongEmulated]
    public void A_program_that_cannot_be_started_inside_is_named()
    {
        Needs();
        string folder = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        try
        {
            string script = Path.Combine(folder, "orphan");
            File.WriteAllText(script, "#!/no/such/interpreter\n");
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Assert.That(
                () => backend.Launch(Request(new ProcessSpec(script, ["orphan"])) with { Timeout = Boot }, CancellationToken.None),
                Throws.TypeOf<LaunchException>().With.Message.EqualTo("vm-tcg: /bin/orphan could not be started in /: No such file or directory"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void A_VM_that_takes_too_long_is_killed()
    {
        Needs();
        LaunchResult result = backend.Launch(Request(Applet("true")) with { Timeout = TimeSpan.FromMilliseconds(1) }, CancellationToken.None);
        Assert.That(result.Outcome, Is.EqualTo(FamilyOutcome.TimedOut));
        Assert.That(result.Stages, Is.EqualTo((ExitStatus[])[ExitStatus.Killed(Signal.SIGKILL)]));
    }

    [Test]
    public void What_a_VM_cannot_be_given_is_refused_before_anything_starts()
    {
        string file = typeof(VmBackendTests).Assembly.Location, folder = Path.GetDirectoryName(file)!;
        LaunchRequest request = Request(Applet("true"));
        Assert.Multiple(() =>
        {
            Assert.That(backend.Refusal(request), Is.Null);
            Assert.That(backend.Refusal(request with { Mounts = [new Mount(file, "/file", Writable: true)] }), Does.StartWith("vm-tcg: ").And.Contain("mount its folder"));
            Assert.That(backend.Refusal(request with { Mounts = [new Mount("/", "/", Writable: true)] }), Does.Contain("root is read-only"));
            Assert.That(backend.Refusal(request with { Mounts = [.. Enumerable.Range(0, 8).Select(i => new Mount(folder, $"/m{i}", Writable: false))] }), Does.Contain("7 folders"));
            Assert.That(backend.Refusal(request with { WorkingDirectory = "/nowhere" }), Does.Contain("/nowhere"));
        });
    }

    [Test]
    public void Without_a_kernel_in_the_cache_there_is_none()
    {
        string cache = Directory.CreateTempSubdirectory("unibench-test-").FullName;
        try
        {
            Assert.That(GuestKernel.Find(Path.Combine(cache, "none")), Is.Null);
            Directory.CreateDirectory(Path.Combine(cache, "linux-image-6.12.1"));
            Assert.That(GuestKernel.Find(cache), Is.Null, "one that was unpacked without its image");
            string newer = Path.Combine(cache, "linux-image-6.12.2");
            Directory.CreateDirectory(newer);
            foreach (string name in (string[])["vmlinux", "01-virtio_mmio.ko", "02-netfs.ko", "03-9p.ko", "04-overlay.ko"])
            {
                File.WriteAllText(Path.Combine(newer, name), "");
            }

            GuestKernel kernel = GuestKernel.Find(cache)!;
            Assert.That(kernel.Version, Is.EqualTo("6.12.2"));
            Assert.That(kernel.Modules(shares: false).Select(Path.GetFileName), Is.EqualTo(new[] { "01-virtio_mmio.ko" }));
            Assert.That(kernel.Modules(shares: true).Select(Path.GetFileName), Is.EqualTo(new[] { "01-virtio_mmio.ko", "02-netfs.ko", "03-9p.ko" }));
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    private void Needs()
    {
        Shell.Require();
        UniBench.Tests.Require.Vm(backend.Probe());
    }
}
