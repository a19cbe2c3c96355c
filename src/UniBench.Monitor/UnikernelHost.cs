using System.Diagnostics;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;
using UniBench.Workloads;

namespace UniBench.Monitor;

/// <summary>The engine on one platform: owns the pool of warm machines and the cache of program images.</summary>
/// <remarks>One per process is enough; families run one after another or side by side on different threads.</remarks>
public sealed class UnikernelHost : IDisposable
{
    private readonly IPlatform platform;
    private readonly GuestClock clock;
    private readonly LibosHeader libosHeader;
    private int cores;

    private UnikernelHost(IPlatform platform)
    {
        this.platform = platform;
        AllCpus = HostThread.GetAffinity();
        libosHeader = Libos.Header;
        Shared = new SharedPages(platform);
        Segments = new SegmentTable(platform.MemoryIsFiles);
        Images = new ImageCache(platform, Shared);
        MappedFiles = new MappedFiles(platform, (int)Math.Min(HostLimits.MostMappings / 8, platform.MemoryIsFiles ? HostLimits.RaiseOpenFiles() / 16 : long.MaxValue)); // which keep their files open
        clock = new GuestClock(Shared, SpinNs);
        Shared.System.NestedPaging = platform.HasNestedPaging ? 1u : 0;
        Shared.System.XsaveSize = CpuFeatures.XsaveSize(platform.ExtendedState);
        Shared.SetCpuid(platform.Cpuid());
        Pool = new MachinePool(platform, Shared, () => HasIdleCore, FiltersThreads ? MachineCalls.Filter(platform.Requests) : null);
        UseCores(AllCpus.Count);
    }

    /// <summary>System calls of the host that the filter of a sandboxed process lets through.</summary>
    public static int SandboxCalls => GuestLayout.SandboxCalls;

    /// <summary>Threads of machines are behind a seccomp filter. For all engines that are opened after it is set.</summary>
    public static bool FiltersThreads { get; set; } = true;

    /// <summary>System calls of the host that threads of machines may make on some platform, some of them with few arguments only.</summary>
    public static int ThreadCalls => MachineCalls.Rules([], 0).Count;

    internal FamilyPage NewFamilyPage() => new(platform.MemoryIsFiles ? platform.NewMemory("family", GuestLayout.Page) : null);

    internal LibosImage Libos => platform.Libos;

    internal ref readonly LibosHeader LibosHeader => ref libosHeader;

    internal SharedPages Shared { get; }

    internal SegmentTable Segments { get; }

    internal ImageCache Images { get; }

    internal MappedFiles MappedFiles { get; }

    internal MachinePool Pool { get; }

    /// <summary>Descriptors of the host that a family may keep open: an eighth, because each may take another one to be waited for.</summary>
    internal int MostFiles { get; } = (int)Math.Max(256, HostLimits.RaiseOpenFiles() / 8);

    internal CpuMask AllCpus { get; }

    /// <summary>A vCPU thread more could run at once.</summary>
    internal bool HasIdleCore => Volatile.Read(ref Shared.System.Runnable) < cores;

    /// <summary>Processes are VMs of KVM's.</summary>
    /// <exception cref="EngineException">KVM is missing, not permitted, or lacks a capability; the message says what to do.</exception>
    public static UnikernelHost Open() => Open(KvmPlatform.Open);

    /// <summary>Processes are processes of the host, locked in by a seccomp filter.</summary>
    /// <exception cref="EngineException">The CPU or the kernel lacks something; the message says what.</exception>
    public static UnikernelHost OpenSandbox() => Open(SandboxPlatform.Open);

    private static UnikernelHost Open(Func<IPlatform> platform)
    {
        try
        {
            HostLimits.RaiseOpenFiles();
            HostLimits.OutliveFileSizeLimit();
            return new UnikernelHost(platform());
        }
        catch (HostException e)
        {
            throw new EngineException(e.Message, e);
        }
    }

    /// <summary>Makes machines anew that the families before have used up, so that the next one need not wait for that.</summary>
    public void Prepare() => Pool.Refill();

    /// <summary>Runs a family to its end on the calling thread and others.</summary>
    /// <exception cref="EngineException">A program cannot be loaded, or the host ran out of a resource at the start.</exception>
    public FamilyResult Run(FamilySpec spec, CancellationToken cancellation)
    {
        if (spec.Stages.Count == 0)
        {
            throw new EngineException("a family needs at least one program");
        }

        if (spec.MemoryBytes is < (4 << 20) or > (ExtentArena.Bytes / 2))
        {
            throw new EngineException($"memory of {spec.MemoryBytes} bytes: 4 MB to {ExtentArena.Bytes >> 21} MB are possible");
        }

        UseCores(spec.Cpus.Count > 0 ? spec.Cpus.Count : AllCpus.Count);
        clock.Update();
        Shared.System.SpinPolicy = spec.Spin;
        using Family family = new(this, spec);
        try
        {
            return Run(family, cancellation);
        }
        finally
        {
            Pool.Leave(family.Page);
            Segments.Leave(family.Budget);
            MappedFiles.Trim();
        }
    }

    private static FamilyResult Run(Family family, CancellationToken cancellation)
    {
        (long processUser, long processSystem) = HostThread.ProcessCpuTime();
        long started = Stopwatch.GetTimestamp();
        family.Start();
        FamilyOutcome outcome = FamilyOutcome.Completed;
        try
        {
            if (!family.WaitForEnd(family.Spec.Timeout, cancellation))
            {
                outcome = FamilyOutcome.TimedOut;
                family.KillAll();
            }
        }
        catch (OperationCanceledException)
        {
            outcome = FamilyOutcome.Cancelled;
            family.KillAll();
        }

        TimeSpan wall = Stopwatch.GetElapsedTime(started);
        (long endUser, long endSystem) = HostThread.ProcessCpuTime();
        FamilyBooks books = family.Books;
        long total = endUser - processUser + endSystem - processSystem + books.OutsideUs;
        return new FamilyResult
        {
            Outcome = outcome,
            Stages = family.FirstStatuses(),
            Wall = wall,
            CpuUser = TimeSpan.FromMicroseconds(books.UserUs),
            CpuSystem = TimeSpan.FromMicroseconds(books.SystemUs),
            CpuMonitor = TimeSpan.FromMicroseconds(Math.Max(0, total - books.UserUs - books.SystemUs)),
            PeakMemoryBytes = books.PeakBytes,
            Counters = books.Named(),
            Processes = books.Processes,
            UnsupportedCalls = books.Unsupported,
            Crashes = books.Crashes,
            LimitsHit = books.Limits,
        };
    }

    /// <summary>
    /// The longest spin: what it costs both sides to go without one, an exit to sleep, a wake-up, and the exit of who wakes. Who spins
    /// so long in vain has at most doubled its wait.
    /// </summary>
    private double SpinNs()
    {
        const int Exits = 100, Wakes = 50;
        const double Least = 5_000, Most = 200_000;
        return Math.Clamp((2 * platform.MeasureCrossingNs(Exits)) + WakeProbe.MeasureNs(Wakes), Least, Most);
    }

    /// <summary>Measures the engine's basic costs; takes a fraction of a second.</summary>
    /// <exception cref="EngineException">The measuring program could not be run.</exception>
    public EngineCosts MeasureCosts()
    {
        const int SchedYield = 24, Getppid = 110, Few = 2000, Many = 2_000_000;
        return new EngineCosts(platform.MeasureCrossingNs(Few), PerCall(SchedYield, Few), PerCall(Getppid, Many));

        double PerCall(int call, int count)
        {
            // The difference of a long and a short run leaves out starting and ending.
            return (Time(call, count) - Time(call, 1)).TotalNanoseconds / (count - 1);
        }

        TimeSpan Time(int call, int count)
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllBytes(path, CostProgram.Build(call, count));
                FamilySpec spec = new() { Stages = [new ProcessSpec(path, ["cost"])] };
                TimeSpan[] walls = [.. Enumerable.Range(0, 3).Select(_ => Run(spec, CancellationToken.None).Wall)];
                return walls.Min();
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    public void Dispose()
    {
        clock.Dispose();
        Pool.Dispose();
        Images.Dispose();
        MappedFiles.Dispose();
        Segments.Dispose();
        Shared.Dispose();
        platform.Dispose();
    }

    /// <summary>Counts vCPU threads that run or want to; guests read the number and spin only while cores are to spare.</summary>
    internal void AddRunnable(int change) => Interlocked.Add(ref Shared.System.Runnable, change);

    private void UseCores(int count)
    {
        cores = count;
        Shared.System.Cores = (uint)count;
    }
}
