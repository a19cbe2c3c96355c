using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Procfs;

namespace UniBench.Monitor.Families;

/// <summary>What /proc asks of the family.</summary>
internal sealed partial class Family
{
    private const string InitName = "unibench";
    private readonly long startedNs = HostClock.Boottime;

    /// <summary>Pids of all processes that exist, in order; the first is the monitor, which adopts orphans.</summary>
    public IReadOnlyList<int> Pids()
    {
        lock (gate)
        {
            return [ProcessTable.InitPid, .. table.Entries.Select(e => e.Pid).Order()];
        }
    }

    /// <summary>Of the process that was made last.</summary>
    public int LastPid
    {
        get
        {
            lock (gate)
            {
                return table.LastPid;
            }
        }
    }

    public IReadOnlyList<int> ChildrenOf(int pid)
    {
        lock (gate)
        {
            return [.. table.Entries.Where(e => e.Parent == pid).Select(e => e.Pid).Order()];
        }
    }

    /// <summary>Asks a process something; it does not end meanwhile.</summary>
    /// <returns>The answer; nothing where it has ended.</returns>
    public T? With<T>(ProcessView process, Func<GuestProcess, T> question)
    {
        lock (gate)
        {
            return process.Living is { } living && processes.GetValueOrDefault(living.Pid) == living ? question(living) : default;
        }
    }

    /// <summary>A process as it is now; null if there is none.</summary>
    public ProcessView? Describe(int pid)
    {
        lock (gate)
        {
            if (pid == ProcessTable.InitPid)
            {
                return new ProcessView { Pid = pid, Parent = 0, Group = pid, Session = pid, State = 'S', Name = InitName, Credentials = Credentials.OfHost, StartedNs = startedNs };
            }

            if (table.Find(pid) is not { } entry)
            {
                return null;
            }

            GuestProcess? living = processes.GetValueOrDefault(pid);
            ProcessView view = new()
            {
                Pid = pid,
                Parent = entry.Parent,
                Group = entry.Group,
                Session = entry.Session,
                State = entry.State switch { ProcessState.Zombie => 'Z', ProcessState.Stopped => 'T', _ => living is { IsSleeping: true } or { Vm.IsAsleep: true } ? 'S' : 'R' },
                Name = living?.Inspection.Name ?? entry.Name,
                Credentials = entry.Credentials,
                Scheduling = entry.Scheduling,
                Living = entry.State == ProcessState.Zombie ? null : living,
                ChildrenUsage = entry.ChildrenUsage,
                Usage = entry.Usage,
                StartedNs = entry.StartedNs,
                ExitSignal = entry.ExitSignal,
                ExitWord = entry.State == ProcessState.Zombie ? entry.Status.WaitWord : 0,
                Terminal = entry.Terminal is { } controlling ? (controlling.Device, controlling.Foreground) : (0, -1),
            };
            return living is null ? view : view with
            {
                Control = living.Vm.Control,
                Usage = living.Inspection.CpuSoFar(),
                MostResident = living.MostResident,
                Faults = (long)living.Vm.Counters.Faults,
                Switches = (living.Counters.Blocks, living.Counters.Kicks),
                Cpu = Math.Max(0, living.Seat.Cpu),
                Calls = CallsOf(living.Vm.Counters),
                Bytes = ((long)living.Vm.Counters.Transferred[0], (long)living.Vm.Counters.Transferred[1]),
            };
        }
    }

    /// <summary>Calls that read, and calls that write.</summary>
    private static (long Reads, long Writes) CallsOf(in CountersPage counters)
    {
        ReadOnlySpan<uint> made = counters.Syscalls;
        return ((long)made[0] + made[17] + made[19] + made[295] + made[327], (long)made[1] + made[18] + made[20] + made[296] + made[328]);
    }
}
