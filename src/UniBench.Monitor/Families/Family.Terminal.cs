using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>Job control: which session a terminal controls, which group is in its foreground, and the signals that come of it.</summary>
internal sealed partial class Family
{
    private const int FromKernel = 0x80; // si_code
    private Terminal? terminal; // that it was started on, and never gives up: the session is that of the user's shell, which goes on

    /// <summary>Path of the device that it was started on; null without one.</summary>
    public string? TerminalName => terminal?.Name;

    public PseudoTerminals PseudoTerminals { get; } = new();

    /// <summary>The terminal that a file leads to, at either end; null of all other files.</summary>
    public Terminal? TerminalOf(OpenFile file) => file.Terminal ?? (file.IsTerminal ? terminal : null);

    public Terminal? ControllingTerminal(GuestProcess process)
    {
        lock (gate)
        {
            return process.Entry.Terminal;
        }
    }

    /// <summary>A key or a change of size on the terminal that the family was started on.</summary>
    public void TerminalSignal(int signal)
    {
        lock (gate)
        {
            SendWhere(e => terminal is null || e.Group == terminal.Foreground, signal);
        }
    }

    /// <summary>A key, a change of size or TIOCSIG: goes to the foreground group, if there is one.</summary>
    public void SignalForeground(Terminal of, int signal)
    {
        lock (gate)
        {
            SignalGroup(of.Foreground, signal);
        }
    }

    /// <summary>What POSIX has for a process that is not in the foreground: the signal to its group, unless it blocks or ignores it, or nobody would continue it.</summary>
    /// <returns>0 if it may go on, else -errno.</returns>
    public long RefuseBackground(GuestProcess process, Terminal of, int signal)
    {
        lock (gate)
        {
            if (process.Entry.Terminal != of || of.Foreground == 0 || of.Foreground == process.Entry.Group)
            {
                return 0;
            }

            if (process.IgnoresOrBlocks(signal))
            {
                return signal == Signal.SIGTTOU ? 0 : -Errno.EIO;
            }

            if (table.IsOrphaned(process.Entry.Group))
            {
                return -Errno.EIO;
            }

            SignalGroup(process.Entry.Group, signal);
            return -Errno.ERESTARTSYS;
        }
    }

    /// <summary>tcgetpgrp(3).</summary>
    /// <param name="asMaster">Asked of the master, who may ask without being controlled.</param>
    public long ForegroundOf(GuestProcess process, Terminal of, bool asMaster)
    {
        lock (gate)
        {
            return asMaster || process.Entry.Terminal == of ? of.Foreground : -Errno.ENOTTY;
        }
    }

    /// <summary>tcgetsid(3).</summary>
    public long SessionOf(GuestProcess process, Terminal of, bool asMaster)
    {
        lock (gate)
        {
            return (asMaster || process.Entry.Terminal == of) && of.Session != 0 ? of.Session : -Errno.ENOTTY;
        }
    }

    /// <summary>tcsetpgrp(3).</summary>
    public long SetForeground(GuestProcess process, Terminal of, int group)
    {
        if (RefuseBackground(process, of, Signal.SIGTTOU) is var refused and not 0)
        {
            return refused == -Errno.EIO ? -Errno.ENOTTY : refused;
        }

        lock (gate)
        {
            if (process.Entry.Terminal != of || of.Session != process.Entry.Session)
            {
                return -Errno.ENOTTY;
            }

            if (group < 0)
            {
                return -Errno.EINVAL;
            }

            ProcessEntry? member = table.Entries.FirstOrDefault(e => e.Group == group);
            if (member is null)
            {
                return -Errno.ESRCH;
            }

            if (member.Session != process.Entry.Session)
            {
                return -Errno.EPERM;
            }

            of.Foreground = group;
            return 0;
        }
    }

    /// <summary>TIOCSCTTY.</summary>
    /// <param name="steals">It may be taken away from another session, by who administers.</param>
    /// <param name="mayRead">It was opened for reading.</param>
    public long SetControlling(GuestProcess process, Terminal of, bool steals, bool mayRead)
    {
        ProcessEntry entry = process.Entry;
        bool administers = process.Credentials.Has(Capability.SysAdmin);
        lock (gate)
        {
            if (entry.Session == entry.Pid && of.Session == entry.Session)
            {
                return 0;
            }

            if (entry.Session != entry.Pid || entry.Terminal is not null || (of.Session != 0 && !(steals && administers)) || !(mayRead || administers))
            {
                return -Errno.EPERM;
            }

            LeaveTerminal(of.Session);
            Control(entry, of);
            return 0;
        }
    }

    /// <summary>A terminal was opened: who leads a session that has none gets it, if no other session has.</summary>
    public void TerminalOpened(GuestProcess process, Terminal opened, bool mayRead)
    {
        ProcessEntry entry = process.Entry;
        lock (gate)
        {
            if (mayRead && entry.Session == entry.Pid && entry.Terminal is null && opened.Session == 0)
            {
                Control(entry, opened);
            }
        }
    }

    /// <summary>TIOCNOTTY.</summary>
    public long GiveUpTerminal(GuestProcess process, Terminal of)
    {
        lock (gate)
        {
            if (process.Entry.Terminal != of)
            {
                return -Errno.ENOTTY;
            }

            if (process.Entry.Session == process.Pid)
            {
                LeaderLeaves(process.Entry, ends: false);
            }

            process.Entry.Terminal = null;
            return 0;
        }
    }

    /// <summary>The master is about to be closed: the session leader is hung up, and the session has no terminal any more.</summary>
    public void HangUp(PseudoTerminal closing)
    {
        PseudoTerminals.Remove(closing);
        lock (gate)
        {
            closing.IsHungUp = true;
            if (table.Entries.FirstOrDefault(e => e.Terminal == closing && e.Session == e.Pid) is { } leader)
            {
                leader.LostForeground = closing.Foreground;
                SendWhere(e => e == leader, Signal.SIGHUP);
                SendWhere(e => e == leader, Signal.SIGCONT);
            }

            foreach (ProcessEntry member in table.Entries.Where(e => e.Terminal == closing))
            {
                member.Terminal = null;
            }

            (closing.Session, closing.Foreground) = (0, 0);
        }
    }

    /// <summary>A session leader ends, or gives its terminal up: who is in the foreground is hung up. Called with the gate held.</summary>
    private void LeaderLeaves(ProcessEntry leader, bool ends)
    {
        if (leader.Session != leader.Pid || (ends && leader.Terminal is not null && leader.Terminal == terminal))
        {
            return;
        }

        if (leader.Terminal is { } left)
        {
            SignalGroup(left.Foreground, Signal.SIGHUP);
            if (!ends)
            {
                SignalGroup(left.Foreground, Signal.SIGCONT);
            }

            (left.Session, left.Foreground) = (0, 0);
        }
        else if (ends)
        {
            SignalGroup(leader.LostForeground, Signal.SIGHUP);
            SignalGroup(leader.LostForeground, Signal.SIGCONT);
        }

        LeaveTerminal(leader.Session);
    }

    private void LeaveTerminal(int session)
    {
        foreach (ProcessEntry member in table.Entries.Where(e => e.Session == session))
        {
            member.Terminal = null;
        }
    }

    private static void Control(ProcessEntry leader, Terminal by)
    {
        (by.Session, by.Foreground) = (leader.Session, leader.Group);
        leader.Terminal = by;
    }

    private void SignalGroup(int group, int signal)
    {
        if (group != 0)
        {
            SendWhere(e => e.Group == group, signal);
        }
    }

    private void SendWhere(Func<ProcessEntry, bool> isMeant, int signal)
    {
        foreach (ProcessEntry entry in table.Entries.Where(isMeant).ToArray())
        {
            if (processes.TryGetValue(entry.Pid, out GuestProcess? process))
            {
                Send(process, signal, new SignalInformation { Code = FromKernel });
            }
        }
    }
}
