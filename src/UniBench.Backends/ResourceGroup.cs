using System.Globalization;
using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>A cgroup around a workload: counts CPU time and peak memory of all its processes, orphans included, and finds them when they are to be killed.</summary>
/// <remarks>
/// Measured on the project's machine (Linux 6.18, v1 controllers): moving a thread between groups takes 0.01 to 19 ms, mean
/// 0.5 ms, and holds up every fork meanwhile, so it must not happen while a workload runs; memory accounting makes
/// fork + exit + wait 8 % slower (94 us instead of 86 us, medians of 8 interleaved rounds) against the root group, where on a distribution
/// hardly any process lives; CPU accounting alone costs nothing that can be seen.
/// </remarks>
internal abstract class ResourceGroup : IDisposable
{
    private const int NoDevice = 19; // ENODEV: what reading a file of a removed group gives
    private static int counter;
    private IDisposable? noted;

    protected ResourceGroup() =>
        Name = string.Create(CultureInfo.InvariantCulture, $"{CgroupLeftovers.Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref counter)}");

    /// <summary>Name of the group right below the root of each hierarchy.</summary>
    public string Name { get; }

    /// <summary>Null where groups can be made; else why not.</summary>
    public static string? Unavailable =>
        !Environment.IsPrivilegedProcess ? "no cgroup: not root"
        : CgroupV1.IsMounted || CgroupV2.IsMounted(CgroupV2.DefaultRoot) ? null
        : "no cgroup with CPU and memory controllers mounted";

    /// <summary>How <see cref="PeakMemoryBytes"/> counts.</summary>
    public virtual string MemoryMethod => "cgroup peak: anonymous, page cache, kernel memory";

    /// <summary>Whether the thread that starts the processes is inside itself.</summary>
    public virtual bool CountsStarter => false;

    /// <summary>A new group, or null where there are none; see <see cref="Unavailable"/>.</summary>
    /// <exception cref="LaunchException">Groups are there but one could not be made.</exception>
    public static ResourceGroup? TryCreate()
    {
        if (Unavailable is not null)
        {
            return null;
        }

        try
        {
            ResourceGroup made = CgroupV1.IsMounted ? new CgroupV1() : new CgroupV2(CgroupV2.DefaultRoot);
            made.noted = WorkloadReaper.NoteControlGroup(made.Listing);
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"cgroup: {e.Message}", e);
        }
    }

    /// <summary>Prepares the calling thread, which ends with the workload, to start processes in the group.</summary>
    public virtual void Enter()
    {
    }

    /// <summary>What to start so that the program runs inside.</summary>
    public virtual ProcessSpec Inside(ProcessSpec spec) => spec;

    /// <summary>CPU time so far, of processes that have ended too.</summary>
    public abstract (TimeSpan User, TimeSpan System) CpuTime();

    /// <summary>Most memory ever charged to the group at once.</summary>
    public abstract long PeakMemoryBytes();

    /// <summary>Processes inside, zombies and this process excluded.</summary>
    public abstract IReadOnlyList<int> Processes();

    /// <summary>Kills everything inside and returns when nobody is left.</summary>
    public void KillAll()
    {
        ForbidForks();
        while (Processes() is { Count: > 0 } left)
        {
            foreach (int pid in left)
            {
                HostProcess.Kill(pid, Signal.SIGKILL);
            }

            Thread.Sleep(1);
        }
    }

    public void Dispose()
    {
        CgroupLeftovers.Remove(Name);
        noted?.Dispose();
    }

    /// <summary>The directory that lists its processes.</summary>
    protected abstract string Listing { get; }

    /// <summary>Makes every fork inside fail, so that killing catches up with a fork bomb.</summary>
    protected abstract void ForbidForks();

    protected static List<int> ReadProcesses(string directory)
    {
        List<int> processes = [];
        try
        {
            foreach (string file in Directory.EnumerateFiles(directory, "cgroup.procs", SearchOption.AllDirectories))
            {
                processes.AddRange(File.ReadLines(file).Select(l => int.Parse(l, CultureInfo.InvariantCulture)));
            }
        }
        catch (Exception e) when (e is DirectoryNotFoundException or FileNotFoundException || (e is IOException && e.HResult == NoDevice))
        {
            // A container runtime removed its group between the listing and the reading; what is left is found by the next look.
            return ReadProcesses(directory);
        }

        // In v1 the thread that started the workload is inside, and with it, by its number, this process.
        processes.RemoveAll(p => p == Environment.ProcessId);
        return processes;
    }

    protected static long ReadNumber(string path) => long.Parse(File.ReadAllText(path).AsSpan().Trim(), CultureInfo.InvariantCulture);
}
