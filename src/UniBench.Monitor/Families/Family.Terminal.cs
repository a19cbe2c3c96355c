using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>Job control on the terminal that the family was started on.</summary>
internal sealed partial class Family
{
    private Terminal? terminal;

    /// <summary>Path of the terminal's device; null without one.</summary>
    public string? TerminalName => terminal?.Name;

    /// <summary>Whether the terminal is the process's controlling terminal.</summary>
    public bool HasTerminal(GuestProcess process)
    {
        lock (gate)
        {
            return terminal is not null && terminal.Session == process.Entry.Session;
        }
    }

    /// <summary>A key or a change of size on the terminal: goes to the foreground group.</summary>
    public void TerminalSignal(int signal)
    {
        lock (gate)
        {
            foreach (ProcessEntry entry in table.Entries.Where(e => terminal is null || e.Group == terminal.Foreground).ToArray())
            {
                if (processes.TryGetValue(entry.Pid, out GuestProcess? process))
                {
                    Send(process, signal, new SignalInformation { Code = 0x80 });
                }
            }
        }
    }

    /// <summary>A background process that reads from its terminal is stopped.</summary>
    /// <returns>0 if it may read, else -errno.</returns>
    public long RefuseTerminalInput(GuestProcess process) => RefuseBackground(process, Signal.SIGTTIN);

    /// <summary>Answers the calls that the host cannot, because it does not know the family's processes.</summary>
    /// <returns>Null if the host is to be asked.</returns>
    public long? TerminalCall(GuestProcess process, OpenFile file, ulong request)
    {
        const uint GetGroup = 0x540f, SetGroup = 0x5410, GetSession = 0x5429, SetControlling = 0x540e, GiveUp = 0x5422;
        const uint SetAttributes = 0x5402, SetAttributesDrain = 0x5403, SetAttributesFlush = 0x5404;
        if (request is SetAttributes or SetAttributesDrain or SetAttributesFlush)
        {
            return file.IsTerminal && RefuseBackground(process, Signal.SIGTTOU) is var refused and not 0 ? refused : null;
        }

        if (request is not (GetGroup or SetGroup or GetSession or SetControlling or GiveUp))
        {
            return null;
        }

        lock (gate)
        {
            if (!file.IsTerminal || terminal is null || (terminal.Session != process.Entry.Session && request != SetControlling))
            {
                return -Errno.ENOTTY;
            }

            Span<byte> answer = process.Vm.Bounce.Span;
            switch (request)
            {
                case GetGroup:
                    MemoryMarshal.Write(answer, terminal.Foreground);
                    return 0;
                case GetSession:
                    MemoryMarshal.Write(answer, terminal.Session);
                    return 0;
                case GiveUp:
                    terminal.Session = 0;
                    return 0;
                case SetControlling when terminal.Session == process.Entry.Session:
                    return 0;
                case SetControlling:
                    if (terminal.Session != 0 || process.Entry.Session != process.Pid)
                    {
                        return -Errno.EPERM;
                    }

                    (terminal.Session, terminal.Foreground) = (process.Pid, process.Entry.Group);
                    return 0;
            }
        }

        return RefuseBackground(process, Signal.SIGTTOU) is var stopped and not 0 ? stopped : SetForeground(process, MemoryMarshal.Read<int>(process.Vm.Bounce.Span));
    }

    private long SetForeground(GuestProcess process, int group)
    {
        lock (gate)
        {
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

            terminal!.Foreground = group;
            return 0;
        }
    }

    /// <summary>What POSIX has for a process that is not in the foreground: the signal to its group, unless it blocks or ignores it.</summary>
    private long RefuseBackground(GuestProcess process, int signal)
    {
        lock (gate)
        {
            if (terminal is null || terminal.Session != process.Entry.Session || terminal.Foreground == process.Entry.Group)
            {
                return 0;
            }

            if (process.IgnoresOrBlocks(signal))
            {
                return signal == Signal.SIGTTOU ? 0 : -Errno.EIO;
            }

            foreach (ProcessEntry entry in table.Entries.Where(e => e.Group == process.Entry.Group).ToArray())
            {
                if (processes.TryGetValue(entry.Pid, out GuestProcess? member))
                {
                    Send(member, signal, new SignalInformation { Code = 0x80 });
                }
            }

            return -Errno.ERESTARTSYS;
        }
    }
}
