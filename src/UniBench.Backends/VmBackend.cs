using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Runs workloads in a Linux guest under QEMU: one VM around the whole workload, booted and ended for each launch.</summary>
/// <remarks>
/// The machine is QEMU's smallest (microvm: no firmware, no PCI), the kernel the distribution's, its first file system holds the programs and vm_init
/// alone. Wall time is QEMU's, from its start to its end, as a container's is its runtime's; writing that file system lies outside.
/// </remarks>
public sealed class VmBackend(VmAccelerator accelerator) : IBackend
{
    private const string Prefix = "unibench-vm-";
    private const int LongestSocketPath = 107;
    private const int ConsoleLines = 20;
    private const long KernelBytes = 1L << 30;
    private readonly Lazy<(VmParts? Parts, Availability Availability)> found = new(() => Find(accelerator));

    public BackendTraits Traits => accelerator.Traits;

    public string? Detail => found.Value.Parts is { } parts ? $"{parts.Version}, microvm, {accelerator.Words}, Linux {parts.Kernel.Version} inside" : null;

    public Availability Probe() => found.Value.Availability;

    public string? Refusal(LaunchRequest request) => VmFiles.Refusal(request) is { } reason ? $"{Traits.Name}: {reason}" : null;

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        ProgramFile.CheckAll(request.Stages);
        if (Refusal(request) is { } refusal)
        {
            throw new LaunchException(refusal);
        }

        VmParts parts = found.Value.Parts ?? throw new LaunchException($"{Traits.Name}: {found.Value.Availability.Reason}");
        string? directory = null;
        try
        {
            directory = PrivateDirectory.Create(Path.GetTempPath(), Prefix);
            return Launch(parts, directory, request, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"{Traits.Name}: {e.Message}", e);
        }
        finally
        {
            if (directory is not null)
            {
                PrivateDirectory.Remove(directory);
            }
        }
    }

    public void Dispose()
    {
    }

    private static (VmParts? Parts, Availability Availability) Find(VmAccelerator accelerator)
    {
        PrivateDirectory.Sweep(Path.GetTempPath(), Prefix);
        List<Availability> missing = [];
        string? emulator = HostTool.Find("qemu-system-x86_64");
        if (emulator is null)
        {
            missing.Add(new Availability("qemu-system-x86_64 is not installed", "apt-get install qemu-system-x86"));
        }

        GuestKernel? kernel = GuestKernel.Find(GuestKernel.Cache);
        if (kernel is null)
        {
            missing.Add(new Availability($"no kernel for guests in {GuestKernel.Cache}", $"run `bash {GuestKernel.Fetcher}`, which downloads Debian's"));
        }

        if (accelerator.Obstacle() is { } obstacle)
        {
            missing.Add(obstacle);
        }

        return missing.Count > 0
            ? (null, new Availability(string.Join("; ", missing.Select(m => m.Reason)), string.Join("; ", missing.Select(m => m.Advice))))
            : (new VmParts(emulator!, HostTool.Execute(emulator!, "--version").Output.Split('\n')[0].Trim(), kernel!), new Availability());
    }

    private LaunchResult Launch(VmParts parts, string directory, LaunchRequest request, CancellationToken cancellation)
    {
        string socket = Path.Combine(directory, "port");
        if (Encoding.UTF8.GetByteCount(socket) > LongestSocketPath)
        {
            throw new LaunchException($"{Traits.Name}: {socket} is too long for a socket: set TMPDIR to a shorter path");
        }

        string workshop = Path.Combine(directory, "root");
        Directory.CreateDirectory(workshop);
        VmFiles files = VmFiles.Write(Path.Combine(directory, "initramfs"), workshop, request, parts.Kernel);
        using StandardStreams streams = new(request);
        using ResourceGroup? group = ResourceGroup.TryCreate();
        using SafeFileHandle log = File.OpenHandle(Path.Combine(directory, "log"), FileMode.CreateNew, FileAccess.Write);
        using SafeFileHandle nothing = File.OpenHandle("/dev/null");
        using VmPort port = new(socket, streams, () => Place(directory, request.Cpus));
        ProcessStart start = new(
            new ProcessSpec(parts.Emulator, [Path.GetFileName(parts.Emulator), .. Options(parts, directory, files, request)]),
            [$"TMPDIR={directory}"],
            "/",
            [HostPipe.Number(nothing), HostPipe.Number(log), HostPipe.Number(log)]);
        FamilyRun run = new SpawnedFamily(group).Run([start], () => { }, request.Cpus, request.Timeout, cancellation);
        port.Finish();
        (byte[] stdout, byte[] stderr) = streams.Finish(run.Outcome);
        bool ended = run.Outcome == FamilyOutcome.Completed;
        if (ended && port.Statuses?.Count != request.Stages.Count)
        {
            throw new LaunchException($"{Traits.Name}: {port.Problem ?? $"the guest did not come to its end (QEMU: {run.Statuses[0]}): {Told(directory)}"}");
        }

        return new LaunchResult
        {
            Outcome = run.Outcome,
            Stages = ended ? [.. port.Statuses!.Select(ExitStatus.FromWaitWord)] : [.. request.Stages.Select(_ => ExitStatus.Killed(Signal.SIGKILL))],
            Stdout = stdout,
            Stderr = stderr,
            StartedAt = run.StartedAt + (port.ClockOffset ?? 0),
            Wall = run.Wall,
            CpuUser = run.CpuUser,
            CpuSystem = run.CpuSystem,
            CpuMonitor = run.CpuStarter,
            MissedFaults = [.. request.Faults.Where((_, i) => i >= port.Struck.Count || !port.Struck[i])],
            MaxRssBytes = run.MaxRssBytes,
            MemoryMethod = $"QEMU with all that its guest has touched, its kernel included ({group?.MemoryMethod ?? $"largest resident set; {ResourceGroup.Unavailable}"})",
        };
    }

    private List<string> Options(VmParts parts, string directory, VmFiles files, LaunchRequest request)
    {
        int cpus = request.Cpus.Count > 0 ? request.Cpus.Count : HostThread.GetAffinity().Cpus.Count();
        long memory = (KernelBytes + (request.Stages.Count * request.MemoryBytes)) >> 20;
        List<string> options =
        [
            "-name", "unibench,debug-threads=on", "-pidfile", Path.Combine(directory, "pid"),
            "-machine", "microvm,x-option-roms=off,isa-serial=on", .. accelerator.Options,
            "-smp", cpus.ToString(CultureInfo.InvariantCulture), "-m", string.Create(CultureInfo.InvariantCulture, $"{memory}M"),
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-serial", $"file:{Path.Combine(directory, "console")}",
            "-kernel", parts.Kernel.Image, "-initrd", Path.Combine(directory, "initramfs"),
            "-append", $"console=ttyS0 quiet panic=-1 {accelerator.Kernel}".TrimEnd(),
            "-device", "virtio-serial-device", "-chardev", $"socket,id=port,path={Path.Combine(directory, "port")}", "-device", "virtserialport,nr=1,chardev=port",
        ];
        foreach ((string tag, string folder, bool writable) in files.Shares)
        {
            // In QEMU's options a comma is written twice.
            string path = folder.Replace(",", ",,", StringComparison.Ordinal);
            options.AddRange(["-fsdev", $"local,id={tag},path={path},security_model=none,multidevs=remap{(writable ? string.Empty : ",readonly=on")}"]);
            options.AddRange(["-device", $"virtio-9p-device,fsdev={tag},mount_tag={tag}"]);
        }

        return options;
    }

    /// <summary>Each virtual CPU on one of the CPUs, so that processes that are spread inside are so outside.</summary>
    private static void Place(string directory, IReadOnlyList<int> cpus)
    {
        string pid = Path.Combine(directory, "pid");
        if (cpus.Count < 2 || !File.Exists(pid))
        {
            return;
        }

        CpuMask all = new(cpus);
        try
        {
            foreach (string thread in Directory.EnumerateDirectories($"/proc/{File.ReadAllText(pid).Trim()}/task"))
            {
                // "CPU 0/KVM"
                string[] name = File.ReadAllText(Path.Combine(thread, "comm")).Split(' ', '/');
                CpuMask mask = name is ["CPU", var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out int cpu) && cpu >= 0 && cpu < cpus.Count ? new CpuMask([cpus[cpu]]) : all;
                HostThread.TrySetAffinity(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), mask);
            }
        }
        catch (IOException)
        {
            // A thread has ended, or QEMU was killed.
        }
    }

    private static string Told(string directory) => string.Join('\n', ((string[])["log", "console"])
        .Select(f => Path.Combine(directory, f))
        .Where(File.Exists)
        .SelectMany(f => File.ReadLines(f).TakeLast(ConsoleLines)));
}
