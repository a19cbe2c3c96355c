using System.Globalization;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Procfs;

/// <summary>The short texts of /proc/PID.</summary>
internal static class ProcessTexts
{
    /// <summary>statm: pages.</summary>
    public static string Memory(AddressSpace? space) => space is null
        ? "0 0 0 0 0 0 0\n"
        : string.Create(CultureInfo.InvariantCulture, $"{Pages(space.Bytes)} {Pages(space.Resident)} {Pages(space.ResidentShared)} {Pages(space.CodeBytes)} 0 {Pages(space.DataBytes + space.StackBytes)} 0\n");

    /// <summary>io: what the process read and wrote; what the host's disks did for it is not known.</summary>
    public static string InputOutput(ProcessView process) => string.Create(
        CultureInfo.InvariantCulture,
        $"rchar: {process.Bytes.Read}\nwchar: {process.Bytes.Written}\nsyscr: {process.Calls.Reads}\nsyscw: {process.Calls.Writes}\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n");

    /// <summary>schedstat: time on a CPU, time in the queue for one, times it ran.</summary>
    public static string Scheduling(ProcessView process) => string.Create(
        CultureInfo.InvariantCulture, $"{(process.Usage.UserUs + process.Usage.SystemUs) * 1000} 0 {process.Switches.Blocks + process.Switches.Kicks + 1}\n");

    private static long Pages(long bytes) => bytes / GuestLayout.Page;
}
