using static UniBench.Host.NativeMethods;

namespace UniBench.Host;

/// <summary>Resource limits of this process.</summary>
public static unsafe class HostLimits
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const ulong Wanted = 65536;

    /// <summary>Raises the soft limit on open files, and the hard one where this process may: every VM takes two.</summary>
    /// <returns>Open files now allowed.</returns>
    public static long RaiseOpenFiles()
    {
        ResourceLimit limit;
        if (GetResourceLimit(OpenFiles, &limit) < 0)
        {
            throw new HostException("getrlimit RLIMIT_NOFILE", Errno.Last);
        }

        ulong hard = limit.Maximum;
        ResourceLimit wanted = new() { Current = Math.Max(hard, Wanted), Maximum = Math.Max(hard, Wanted) };
        if (hard >= Wanted || SetResourceLimit(OpenFiles, &wanted) < 0)
        {
            wanted = new ResourceLimit { Current = hard, Maximum = hard };
            _ = SetResourceLimit(OpenFiles, &wanted); // a soft limit may always rise to the hard one
        }

        return GetResourceLimit(OpenFiles, &limit) == 0 ? (long)limit.Current : throw new HostException("getrlimit RLIMIT_NOFILE", Errno.Last);
    }
}
