using System.Globalization;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/stat: 52 fields in one line, as proc_pid_stat(5) numbers them.</summary>
internal static class StatText
{
    private const int TickUs = 10_000; // a hundredth of a second

    /// <param name="strings">Where the program's arguments and environment are; null if it has none.</param>
    /// <param name="mayInspect">Addresses are shown to who may look into the process.</param>
    public static string Of(ProcessView process, AddressSpace? space, StartStrings? strings, bool mayInspect)
    {
        ulong[] text = space is null ? [0, 0] : Extent(space.Areas.Where(a => a is { IsProgram: true, IsExecutable: true }));
        ulong[] data = space is null ? [0, 0] : Extent(space.Areas.Where(a => a is { IsProgram: true, IsWritable: true }));
        ulong heap = process.Control.ProgramBreak, stack = process.Control.StackPointer;
        (ulong a0, ulong a1, ulong e0, ulong e1) = strings is { } s && mayInspect ? (s.ArgumentsStart, s.ArgumentsEnd, s.EnvironmentStart, s.EnvironmentEnd) : default;
        (ulong device, int foreground) = process.Terminal;
        const int Blocked31 = 0x7fffffff;
        object[] fields =
        [
            process.State, process.Parent, process.Group, process.Session, device, foreground, 0x400000, process.Faults, 0, 0, 0,
            process.Usage.UserUs / TickUs, process.Usage.SystemUs / TickUs, process.ChildrenUsage.UserUs / TickUs, process.ChildrenUsage.SystemUs / TickUs,
            PriorityOf(process.Scheduling), process.Scheduling.Nice, 1, 0, process.StartedNs / (TickUs * 1000L), space?.Bytes ?? 0, (space?.Resident ?? 0) / GuestLayout.Page, ulong.MaxValue,
            Shown(text[0]), Shown(text[1]), Shown(stack), 0, 0,
            process.Control.SigPending & Blocked31, process.Control.SigBlocked & Blocked31, process.Control.SigRefused & Blocked31, process.Control.SigCaught & Blocked31,
            0, 0, 0, process.ExitSignal, process.Cpu, process.Scheduling.RealTimePriority, process.Scheduling.Policy, 0, 0, 0,
            Shown(data[0]), Shown(data[1]), Shown(heap), a0, a1, e0, e1, mayInspect || process.IsZombie ? process.ExitWord : 0,
        ];
        return string.Create(CultureInfo.InvariantCulture, $"{process.Pid} ({process.Name}) {string.Join(' ', fields.Select(f => Convert.ToString(f, CultureInfo.InvariantCulture)))}\n");

        ulong Shown(ulong address) => mayInspect ? address : address == 0 ? 0 : 1UL;
    }

    private static int PriorityOf(Scheduling scheduling) =>
        Scheduling.IsRealTime(scheduling.Policy) ? -1 - scheduling.RealTimePriority : 20 + scheduling.Nice;

    private static ulong[] Extent(IEnumerable<AreaView> areas)
    {
        AreaView[] found = [.. areas];
        return found.Length == 0 ? [0, 0] : [found.Min(a => a.Start), found.Max(a => a.End)];
    }
}
