using UniBench.Host;

namespace UniBench.Monitor.Machines;

/// <summary>How many machines the host's limits allow.</summary>
/// <remarks>Where a descriptor, a thread or a mapping is missing, .NET ends the process in places that nobody can guard: these limits must never be met, so some of each are kept.</remarks>
internal static class MachineLimits
{
    private const int FilesKept = 1024, ThreadsKept = 256;

    /// <param name="files">Descriptors that a machine takes; a quarter of all is for what families open.</param>
    /// <param name="threads">Threads and processes that it takes.</param>
    /// <param name="mappings">Mappings of this process that it takes, a quarter of which is for files and the runtime.</param>
    /// <param name="most">What the platform itself can have.</param>
    /// <returns>The count, and what to do where it is too small.</returns>
    public static (int Count, string Limit) For(int files, int threads, int mappings, int most)
    {
        (long Count, string Limit)[] limits =
        [
            (most, "the engine can have: run less at once,"),
            ((HostLimits.RaiseOpenFiles() - FilesKept) / 4 * 3 / files, "the limit on open files allows: raise it (ulimit -Hn)"),
            (HostLimits.RoomForThreads(ThreadsKept) / threads, "the limit on threads allows: raise it (ulimit -u, pids.max)"),
            (HostLimits.MostMappings / 4L * 3 / mappings, "the limit on mappings allows: raise it (vm.max_map_count)"),
        ];
        (long count, string limit) = limits.MinBy(l => l.Count);
        return ((int)Math.Max(1, count), limit);
    }
}
