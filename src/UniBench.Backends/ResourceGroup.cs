using System.Globalization;
using UniBench.Kvm;

namespace UniBench.Backends;

/// <summary>A cgroup around a workload: counts the CPU time and peak memory of all its processes, orphans included, and finds them when they are to be killed.</summary>
/// <remarks>
/// cgroup v1 (cpuacct and memory, as on hybrid systems): a thread may move alone, and what it starts is born inside. On a pure
/// v2 system threads cannot, so there <see cref="TryCreate"/> gives null and rusage has to do.
/// </remarks>
internal sealed class ResourceGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private static readonly string[] Controllers = ["cpuacct", "memory"];
    private static int counter;
    private readonly string name;

    private ResourceGroup(string name) => this.name = name;

    /// <summary>Path of the group inside each controller's hierarchy, for a container runtime.</summary>
    public string Name => name;

    public static bool IsSupported => Environment.IsPrivilegedProcess && Controllers.All(c => File.Exists($"{Root}/{c}/cgroup.procs") && File.Exists($"{Root}/{c}/tasks"));

    public static ResourceGroup? TryCreate()
    {
        if (!IsSupported)
        {
            return null;
        }

        ResourceGroup group = new(string.Create(CultureInfo.InvariantCulture, $"unibench-{Environment.ProcessId}-{Interlocked.Increment(ref counter)}"));
        try
        {
            foreach (string controller in Controllers)
            {
                Directory.CreateDirectory(group.In(controller));
            }

            return group;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            group.Dispose();
            return null;
        }
    }

    /// <summary>Moves the calling thread into the group for the rest of its life; processes that it starts are born inside.</summary>
    /// <remarks>Takes milliseconds in the kernel, so it has to be over before a launch's clock starts.</remarks>
    public void Join()
    {
        string thread = HostThread.CurrentId.ToString(CultureInfo.InvariantCulture);
        foreach (string controller in Controllers)
        {
            File.WriteAllText($"{In(controller)}/tasks", thread);
        }
    }

    /// <summary>CPU time so far, of processes that have ended too.</summary>
    /// <remarks>The sum is exact; kernels without exact accounting split it by timer ticks, as wait4 does, and all is user time where no tick fell.</remarks>
    public (TimeSpan User, TimeSpan System) CpuTime()
    {
        double user = ReadNumber("cpuacct", "cpuacct.usage_user"), system = ReadNumber("cpuacct", "cpuacct.usage_sys");
        long total = ReadNumber("cpuacct", "cpuacct.usage") / 100;
        long systemTicks = system == 0 ? 0 : (long)(total * (system / (user + system)));
        return (TimeSpan.FromTicks(total - systemTicks), TimeSpan.FromTicks(systemTicks));
    }

    /// <summary>Most memory ever charged to the group at once: anonymous, page cache and kernel memory.</summary>
    public long PeakMemoryBytes() => ReadNumber("memory", "memory.max_usage_in_bytes");

    /// <summary>Everybody in it but this process, which is listed as long as a thread of it that called <see cref="Join"/> lives.</summary>
    public IReadOnlyList<int> Processes() =>
        [.. Directory.EnumerateFiles(In("cpuacct"), "cgroup.procs", SearchOption.AllDirectories)
            .SelectMany(File.ReadAllLines)
            .Select(l => int.Parse(l, CultureInfo.InvariantCulture))
            .Where(pid => pid != Environment.ProcessId)];

    /// <summary>Kills until nobody is left; forks race against the list, so it is read again and again.</summary>
    public void KillAll()
    {
        while (Processes() is { Count: > 0 } left)
        {
            foreach (int pid in left)
            {
                HostProcess.Kill(pid, 9);
            }

            Thread.Sleep(1);
        }
    }

    public void Dispose()
    {
        foreach (string controller in Controllers)
        {
            string directory = In(controller);
            if (!Directory.Exists(directory))
            {
                continue;
            }

            // A group stays busy for an instant after its last process was reaped.
            for (int attempt = 0; attempt < 200 && !TryRemove(directory); attempt++)
            {
                Thread.Sleep(5);
            }
        }
    }

    /// <summary>Removes groups that a killed unibench left behind.</summary>
    public static void Sweep()
    {
        foreach (string controller in Controllers)
        {
            string root = $"{Root}/{controller}";
            if (!Directory.Exists(root))
            {
                continue;
            }

            foreach (string directory in Directory.EnumerateDirectories(root, "unibench-*"))
            {
                string[] parts = Path.GetFileName(directory).Split('-');
                if (parts.Length == 3 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int pid) && !Directory.Exists($"/proc/{pid}"))
                {
                    _ = TryRemove(directory);
                }
            }
        }
    }

    private static bool TryRemove(string directory)
    {
        try
        {
            foreach (string child in Directory.EnumerateDirectories(directory))
            {
                _ = TryRemove(child);
            }

            Directory.Delete(directory);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private string In(string controller) => $"{Root}/{controller}/{name}";

    private long ReadNumber(string controller, string file) =>
        long.Parse(File.ReadAllText($"{In(controller)}/{file}").AsSpan().Trim(), CultureInfo.InvariantCulture);
}
