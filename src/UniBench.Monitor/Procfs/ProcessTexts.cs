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

    /// <summary>sched: what is known of it here.</summary>
    public static string Scheduler(ProcessView process)
    {
        long us = process.Usage.UserUs + process.Usage.SystemUs, voluntary = process.Switches.Blocks, forced = process.Switches.Kicks + 1;
        string title = string.Create(CultureInfo.InvariantCulture, $"{process.Name} ({process.Pid}, #threads: 1)");
        Processes.Scheduling scheduling = process.Scheduling;
        int priority = Processes.Scheduling.IsRealTime(scheduling.Policy) ? 99 - scheduling.RealTimePriority : 120 + scheduling.Nice;
        return title + "\n" + new string('-', 67) + "\n"
            + Row("se.exec_start", Milliseconds(process.StartedNs / 1000)) + Row("se.sum_exec_runtime", Milliseconds(us))
            + Row("nr_switches", Whole(voluntary + forced)) + Row("nr_voluntary_switches", Whole(voluntary)) + Row("nr_involuntary_switches", Whole(forced))
            + Row("policy", Whole(scheduling.Policy)) + Row("prio", Whole(priority));

        static string Row(string name, string value) => name.PadRight(45) + ":" + value.PadLeft(21) + "\n";
        static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
        static string Milliseconds(long us) => string.Create(CultureInfo.InvariantCulture, $"{us / 1000}.{us % 1000:d3}000");
    }

    private static long Pages(long bytes) => bytes / GuestLayout.Page;
}
