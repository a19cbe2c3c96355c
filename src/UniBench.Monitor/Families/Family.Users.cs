using UniBench.Host;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>What processes may do to each other, and what one asks about others' users and priorities.</summary>
internal sealed partial class Family
{
    /// <summary>Who a process is; null if there is none. 0: the caller.</summary>
    public Credentials? CredentialsOf(GuestProcess caller, int pid)
    {
        if (pid == 0)
        {
            return caller.Entry.Credentials;
        }

        lock (gate)
        {
            return pid == ProcessTable.InitPid ? Credentials.OfHost : table.Find(pid)?.Credentials;
        }
    }

    /// <summary>Nice value, policy and the rest of a process; null if there is none. 0: the caller.</summary>
    public Scheduling? SchedulingOf(GuestProcess caller, int pid)
    {
        lock (gate)
        {
            return pid == ProcessTable.InitPid ? Scheduling.Ordinary : (pid == 0 ? caller.Entry : table.Find(pid))?.Scheduling;
        }
    }

    /// <summary>sched_setscheduler(2) and its kin.</summary>
    /// <param name="wanted">What it is to be, given what it is.</param>
    public long Schedule(GuestProcess caller, int pid, Func<Scheduling, Scheduling> wanted, ulong niceLimit, ulong realTimeLimit)
    {
        lock (gate)
        {
            ProcessEntry? target = pid == 0 ? caller.Entry : table.Find(pid);
            if (target is null)
            {
                return -Errno.ESRCH;
            }

            (target.Scheduling, int error) = target.Scheduling.Schedule(wanted(target.Scheduling), caller.Entry.Credentials, target.Credentials, niceLimit, realTimeLimit);
            return error;
        }
    }

    /// <summary>getpriority(2), ioprio_get(2).</summary>
    /// <param name="which">PRIO_PROCESS, PRIO_PGRP, PRIO_USER.</param>
    /// <returns>All that are meant; none for nobody.</returns>
    public IReadOnlyList<Scheduling> Schedulings(GuestProcess caller, int which, int who)
    {
        lock (gate)
        {
            return [.. Meant(caller, which, who).Select(e => e.Scheduling)];
        }
    }

    /// <summary>setpriority(2), ioprio_set(2): the last error counts, and a success does not undo it.</summary>
    /// <param name="change">The process's, with who it is.</param>
    public long Reschedule(GuestProcess caller, int which, int who, Func<Scheduling, Credentials, (Scheduling Next, int Error)> change)
    {
        long result = -Errno.ESRCH;
        lock (gate)
        {
            foreach (ProcessEntry entry in Meant(caller, which, who))
            {
                (entry.Scheduling, int error) = change(entry.Scheduling, entry.Credentials);
                result = error != 0 ? error : result == -Errno.ESRCH ? 0 : result;
            }
        }

        return result;
    }

    private IEnumerable<ProcessEntry> Meant(GuestProcess caller, int which, int who)
    {
        const int OfProcess = 0, OfGroup = 1;
        ProcessEntry own = caller.Entry;
        return which switch
        {
            OfProcess => table.Find(who == 0 ? own.Pid : who) is { } entry ? [entry] : [],
            OfGroup => table.Entries.Where(e => e.Group == (who == 0 ? own.Group : who)),
            _ => table.Entries.Where(e => e.Credentials.Users.Real == (who == 0 ? own.Credentials.Users.Real : (uint)who)),
        };
    }
}
