using UniBench.Host;
using UniBench.Workloads;

namespace UniBench.Monitor.Processes;

/// <summary>What wait(2) asks for.</summary>
internal enum WaitTarget
{
    Any = 0,
    Pid = 1,
    Group = 2,
}

/// <summary>What wait(2) found: si_code (CLD_*), si_status and the status word.</summary>
internal readonly record struct WaitReport(int Pid, uint User, int Code, int SignalStatus, int Word, ProcessUsage Usage);

/// <summary>Pids, parents, groups, zombies: POSIX's process model as plain data. Not thread-safe; the family locks it.</summary>
/// <remarks>
/// Invariants: every entry but the first ones is in its parent's Children; a zombie has no children; an entry whose parent
/// is <see cref="InitPid"/> leaves the table when it ends; a pid is not reused while a process, group or session has it.
/// </remarks>
internal sealed class ProcessTable(int limit)
{
    /// <summary>The parent of orphans, played by the monitor, which reaps at once.</summary>
    public const int InitPid = 1;

    public const int FirstPid = 2;
    public const int HighestPid = 4_194_303;
    private const int Stopped = 2;
    private const int Exited = 4;
    private const int Continued = 8;
    private const int NoWait = 0x01000000;
    private const int AllChildren = 0x40000000; // __WALL
    private const int CloneChildren = unchecked((int)0x80000000); // __WCLONE
    private readonly Dictionary<int, ProcessEntry> entries = [];
    private int lastPid = FirstPid - 1;

    public int Count => entries.Count;

    /// <summary>Of the process that was made last.</summary>
    public int LastPid => lastPid;

    public IEnumerable<ProcessEntry> Entries => entries.Values;

    public ProcessEntry? Find(int pid) => entries.GetValueOrDefault(pid);

    /// <summary>A first process, in a group and session of its own or in those of another first process.</summary>
    public ProcessEntry? AddFirst(ProcessEntry? leader)
    {
        int pid = NewPid();
        return pid < 0 ? null : Add(new ProcessEntry { Pid = pid, Parent = InitPid, Group = leader?.Group ?? pid, Session = leader?.Session ?? pid });
    }

    /// <param name="isSibling">The child's parent is the caller's, as CLONE_PARENT says.</param>
    /// <param name="wanted">The number that the child is to have; 0: any.</param>
    /// <param name="errno">When null is returned: EAGAIN when the limit is reached, EEXIST or EINVAL for the number.</param>
    public ProcessEntry? Fork(ProcessEntry caller, bool isSibling, int wanted, out int errno)
    {
        errno = wanted is < 0 or > HighestPid ? Errno.EINVAL
            : wanted != 0 && (wanted <= InitPid || entries.Values.Any(e => e.Pid == wanted || e.Group == wanted || e.Session == wanted)) ? Errno.EEXIST
            : entries.Count >= limit ? Errno.EAGAIN
            : 0;
        int pid = errno != 0 ? -1 : wanted != 0 ? wanted : NewPid();
        if (pid < 0)
        {
            return null;
        }

        ProcessEntry child = Add(new ProcessEntry
        {
            Pid = pid,
            Parent = isSibling ? caller.Parent : caller.Pid,
            Group = caller.Group,
            Session = caller.Session,
            Terminal = caller.Terminal,
            Credentials = caller.Credentials,
            Scheduling = caller.Scheduling.Forked(),
            OomAdjust = caller.OomAdjust,
            CoreFilter = caller.CoreFilter,
            OomAdjustLeast = caller.OomAdjustLeast,
        });
        Find(child.Parent)?.Children.Add(child);
        return child;
    }

    /// <summary>Takes back a fork whose child could not be made.</summary>
    public void Undo(ProcessEntry child)
    {
        entries.Remove(child.Pid);
        Find(child.Parent)?.Children.Remove(child);
    }

    /// <summary>The process ends: its children become orphans, and it a zombie, unless nobody will ever wait for it.</summary>
    /// <param name="reap">The parent ignores SIGCHLD or has SA_NOCLDWAIT.</param>
    /// <returns>Children that are orphans now; zombies among them where somebody adopts them.</returns>
    /// <param name="adopts">Whether a process takes the orphans among its descendants.</param>
    public IReadOnlyList<ProcessEntry> Exit(ProcessEntry entry, ExitStatus status, ProcessUsage usage, bool reap, Func<ProcessEntry, bool>? adopts = null)
    {
        entry.State = ProcessState.Zombie;
        entry.Status = status;
        entry.Usage = usage;
        ProcessEntry[] orphans = [.. entry.Children];
        entry.Children.Clear();
        ProcessEntry? reaper = adopts is null ? null : AncestorThat(entry, adopts);
        foreach (ProcessEntry orphan in orphans)
        {
            orphan.Parent = reaper?.Pid ?? InitPid;
            if (reaper is not null)
            {
                reaper.Children.Add(orphan);
                reaper.Zombies += orphan.State == ProcessState.Zombie ? 1 : 0;
                orphan.ExitSignal = Signal.SIGCHLD;
            }
            else if (orphan.State == ProcessState.Zombie)
            {
                entries.Remove(orphan.Pid);
            }
        }

        if (reap || Find(entry.Parent) is not { } parent)
        {
            Remove(entry);
        }
        else
        {
            parent.Zombies++;
        }

        return reaper is null ? Array.FindAll(orphans, o => o.State != ProcessState.Zombie) : orphans;
    }

    public static void Stop(ProcessEntry entry, int signal)
    {
        entry.State = ProcessState.Stopped;
        entry.StopSignal = signal;
        entry.StopUnreported = true;
        entry.ContinueUnreported = false;
    }

    public static void Continue(ProcessEntry entry)
    {
        if (entry.State == ProcessState.Stopped)
        {
            entry.State = ProcessState.Running;
            entry.StopUnreported = false;
            entry.ContinueUnreported = true;
        }
    }

    /// <summary>Looks for a child to report, and reaps it unless WNOWAIT.</summary>
    /// <param name="options">WNOHANG (1) is the caller's business; WEXITED, WSTOPPED, WCONTINUED and WNOWAIT count here.</param>
    /// <param name="anyMatches">False: no child could ever match (ECHILD).</param>
    public WaitReport? Wait(ProcessEntry parent, WaitTarget target, int id, int options, out bool anyMatches)
    {
        anyMatches = false;
        foreach (ProcessEntry child in parent.Children)
        {
            if ((target == WaitTarget.Pid && child.Pid != id) || (target == WaitTarget.Group && child.Group != id))
            {
                continue;
            }

            // Children of another kind are waited for on demand only.
            if ((options & AllChildren) == 0 && (child.ExitSignal == Signal.SIGCHLD) == ((options & CloneChildren) != 0))
            {
                continue;
            }

            anyMatches = true;
            if (Report(child, options) is not { } report)
            {
                continue;
            }

            if ((options & NoWait) == 0)
            {
                Consume(parent, child);
            }

            return report;
        }

        return null;
    }

    /// <summary>Whether no member of a group has a parent outside of it in the same session: nobody would continue it.</summary>
    public bool IsOrphaned(int group) => !entries.Values.Any(e =>
        e.Group == group && e.State != ProcessState.Zombie && Find(e.Parent) is { } parent && parent.Group != group && parent.Session == e.Session);

    /// <summary>setpgid(2) by <paramref name="caller"/>.</summary>
    /// <returns>0 or -errno.</returns>
    public int SetGroup(ProcessEntry caller, int pid, int group)
    {
        ProcessEntry? target = pid == 0 || pid == caller.Pid ? caller : caller.Children.Find(c => c.Pid == pid);
        if (target is null)
        {
            return -Errno.ESRCH;
        }

        if (target != caller && target.HasExecuted)
        {
            return -Errno.EACCES;
        }

        int wanted = group == 0 ? target.Pid : group;
        bool exists = wanted == target.Pid || entries.Values.Any(e => e.Group == wanted && e.Session == caller.Session);
        if (target.Session == target.Pid || target.Session != caller.Session || !exists)
        {
            return -Errno.EPERM;
        }

        target.Group = wanted;
        return 0;
    }

    /// <summary>setsid(2): the new session's number, or -EPERM for a group leader.</summary>
    public int NewSession(ProcessEntry caller)
    {
        if (entries.Values.Any(e => e.Group == caller.Pid))
        {
            return -Errno.EPERM;
        }

        caller.Group = caller.Session = caller.Pid;
        caller.Terminal = null;
        return caller.Pid;
    }

    /// <summary>A zombie that nobody will wait for goes.</summary>
    public void Discard(ProcessEntry zombie)
    {
        if (Find(zombie.Parent) is { } parent)
        {
            parent.Zombies--;
        }

        Remove(zombie);
    }

    private ProcessEntry? AncestorThat(ProcessEntry entry, Func<ProcessEntry, bool> adopts)
    {
        ProcessEntry? ancestor = Find(entry.Parent);
        while (ancestor is not null && (ancestor.State == ProcessState.Zombie || !adopts(ancestor)))
        {
            ancestor = Find(ancestor.Parent);
        }

        return ancestor;
    }

    private static WaitReport? Report(ProcessEntry child, int options) => child switch
    {
        { State: ProcessState.Zombie } when (options & Exited) != 0 => new WaitReport(
            child.Pid,
            child.Credentials.Users.Real,
            child.EndCode,
            child.Status.Signal != 0 ? child.Status.Signal : child.Status.Code,
            child.Status.WaitWord | (child.EndCode == 3 ? 0x80 : 0),
            child.Usage.Plus(child.ChildrenUsage)),
        { StopUnreported: true } when (options & Stopped) != 0 => new WaitReport(child.Pid, child.Credentials.Users.Real, 5, child.StopSignal, (child.StopSignal << 8) | 0x7f, default),
        { ContinueUnreported: true } when (options & Continued) != 0 => new WaitReport(child.Pid, child.Credentials.Users.Real, 6, 18, 0xffff, default),
        _ => null,
    };

    private void Consume(ProcessEntry parent, ProcessEntry child)
    {
        if (child.State != ProcessState.Zombie)
        {
            child.StopUnreported = child.ContinueUnreported = false;
            return;
        }

        parent.ChildrenUsage = parent.ChildrenUsage.Plus(child.Usage).Plus(child.ChildrenUsage);
        parent.Zombies--;
        Remove(child);
    }

    private void Remove(ProcessEntry entry)
    {
        entries.Remove(entry.Pid);
        Find(entry.Parent)?.Children.Remove(entry);
    }

    private ProcessEntry Add(ProcessEntry entry)
    {
        entries.Add(entry.Pid, entry);
        return entry;
    }

    private int NewPid()
    {
        if (entries.Count >= limit)
        {
            return -1;
        }

        do
        {
            lastPid = lastPid >= HighestPid ? FirstPid : lastPid + 1;
        }
        while (entries.ContainsKey(lastPid));
        return lastPid;
    }
}
