using UniBench.Host;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>What pidfd_open makes: eventfds of the host that become readable when a process ends.</summary>
internal sealed partial class Family
{
    private readonly Dictionary<int, int> endings = []; // of living processes, by pid

    /// <summary>A descriptor that is readable once the process has ended.</summary>
    /// <returns>The descriptor, or -errno.</returns>
    public int OpenProcess(int pid)
    {
        lock (gate)
        {
            if (table.Find(pid) is not { } entry)
            {
                return -Errno.ESRCH;
            }

            bool ended = entry.State == ProcessState.Zombie;
            if (!ended && endings.TryGetValue(pid, out int known))
            {
                return (int)HostCall.Invoke(LinuxCall.Fcntl, known, FcntlCommand.DupfdCloexec, 0);
            }

            int made = (int)HostCall.Invoke(LinuxCall.Eventfd2, ended ? 1 : 0, OpenFlags.Nonblock | OpenFlags.Cloexec);
            if (made < 0 || ended)
            {
                return made;
            }

            endings.Add(pid, made);
            return (int)HostCall.Invoke(LinuxCall.Fcntl, made, FcntlCommand.DupfdCloexec, 0);
        }
    }

    /// <summary>The process has ended, and can be waited for. Called with the gate held.</summary>
    private void TellEnding(int pid)
    {
        if (endings.Remove(pid, out int descriptor))
        {
            HostIo.WriteAll(descriptor, BitConverter.GetBytes(1L));
            HostIo.Close(descriptor);
        }
    }
}
