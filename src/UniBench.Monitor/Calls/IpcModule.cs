using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Ipc;

namespace UniBench.Monitor.Calls;

/// <summary>What calls on System V IPC and POSIX message queues have in common; structures and texts are in the bounce buffer.</summary>
internal abstract class IpcModule(GuestProcess process) : CallModule(process)
{
    protected const int IpcRemove = 0, IpcSet = 1, IpcStat = 2, IpcInfo = 3;

    protected IpcCaller Caller => new(Pid, Credentials);

    /// <summary>IPC_STAT, IPC_SET and the *_STAT commands, which are alike for all kinds.</summary>
    /// <param name="statByIndex">SHM_STAT and its kin.</param>
    /// <returns>Null for other commands.</returns>
    protected long? ControlAny<T>(IpcTable<T> table, int id, int command, int statByIndex, int statAny)
        where T : IpcObject
    {
        bool byIndex = command == statByIndex || command == statAny;
        if (command is not (IpcStat or IpcSet or IpcRemove) && !byIndex)
        {
            return null;
        }

        if ((byIndex ? table.At(id) : table.Find(id)) is not { } found)
        {
            return -Errno.EINVAL;
        }

        if (command is IpcSet or IpcRemove)
        {
            return found.IsOwnedBy(Caller) ? null : -Errno.EPERM;
        }

        if (command != statAny && !found.Allows(Caller, 0x124))
        {
            return -Errno.EACCES;
        }

        found.Describe(Vm.Bounce.Span);
        return byIndex ? found.Id : 0;
    }

    /// <summary>IPC_INFO and its kin: ten words at most.</summary>
    protected long DescribeLimits(int highest, ReadOnlySpan<int> words)
    {
        Vm.Bounce.Span[..128].Clear();
        MemoryMarshal.AsBytes(words).CopyTo(Vm.Bounce.Span);
        return highest;
    }

    /// <summary>Waits until it can be done, a signal comes, or the deadline passes.</summary>
    /// <param name="attempt">Its result, or null to wait. Called with the gate held.</param>
    /// <param name="join">Before a wait; called with the gate held, as is <paramref name="leave"/>, after it.</param>
    /// <param name="deadlineNs">0: none.</param>
    protected long WaitForIpc(IpcNamespace ipc, Func<long?> attempt, Action join, Action leave, long deadlineNs, int late)
    {
        bool joined = false;
        while (true)
        {
            lock (ipc.Gate)
            {
                long? result = attempt();
                if (result is null && Process.SignalDue())
                {
                    result = -Errno.ERESTARTSYS;
                }

                if (result is null && deadlineNs != 0 && HostClock.Monotonic >= deadlineNs)
                {
                    result = late;
                }

                if (result is { } over)
                {
                    if (joined)
                    {
                        leave();
                    }

                    return over;
                }

                if (!joined)
                {
                    join();
                    joined = true;
                }
            }

            Process.Sleep(deadlineNs, spin: true);
        }
    }
}
