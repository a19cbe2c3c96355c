using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Ipc;

namespace UniBench.Monitor.Families;

/// <summary>System V IPC and POSIX message queues: system calls by Linux's numbers; structures and texts are in the bounce buffer.</summary>
internal sealed partial class GuestProcess
{
    private const int IpcRemove = 0, IpcSet = 1, IpcStat = 2, IpcInfo = 3;

    private IpcCaller Caller => new(Pid, Credentials);

    private long IpcCall(LinuxCall call, long a, long b, long c, long d)
    {
        IpcNamespace ipc = family.Ipc;
        return call switch
        {
            LinuxCall.Shmget => GetSharedMemory(ipc, (int)a, b, (int)c),
            LinuxCall.Shmat => AttachSharedMemory(ipc, (int)a, (int)b),
            LinuxCall.Shmctl => ControlSharedMemory(ipc, (int)a, (int)b),
            LinuxCall.Semget => GetSemaphores(ipc, (int)a, (int)b, (int)c),
            LinuxCall.Semctl => ControlSemaphores(ipc, (int)a, (int)b, (int)c, (int)d),
            LinuxCall.Shmdt => DetachSharedMemory(ipc, (ulong)a),
            LinuxCall.Msgget => GetQueue(ipc, (int)a, (int)b),
            LinuxCall.Msgsnd => SendMessage(ipc, (int)a, b, (int)c),
            LinuxCall.Msgrcv => ReceiveMessage(ipc, (int)a, b, c, (int)d),
            LinuxCall.Msgctl => ControlQueue(ipc, (int)a, (int)b),
            LinuxCall.Semtimedop => OperateSemaphores(ipc, (int)a, (int)b, c),
            LinuxCall.MqOpen => OpenPosixQueue(ipc, (int)a, (uint)b, c != 0),
            LinuxCall.MqUnlink => UnlinkPosixQueue(ipc),
            LinuxCall.MqTimedsend => SendPosix(ipc, (ulong)a, b, (uint)c, d),
            LinuxCall.MqTimedreceive => ReceivePosix(ipc, (ulong)a, b, d),
            LinuxCall.MqNotify => NotifyPosix(ipc, (ulong)a, b, (int)c, (ulong)d),
            LinuxCall.MqGetsetattr => ConfigurePosix(ipc, (ulong)a, b != 0, c),
            _ => -Errno.ENOSYS,
        };
    }

    /// <summary>IPC_STAT, IPC_SET and the *_STAT commands, which are alike for all kinds.</summary>
    /// <param name="statByIndex">SHM_STAT and its kin.</param>
    /// <returns>Null for other commands.</returns>
    private long? ControlAny<T>(IpcTable<T> table, int id, int command, int statByIndex, int statAny)
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
    private long DescribeLimits(int highest, ReadOnlySpan<int> words)
    {
        Vm.Bounce.Span[..128].Clear();
        MemoryMarshal.AsBytes(words).CopyTo(Vm.Bounce.Span);
        return highest;
    }

    /// <summary>Waits until it can be done, a signal comes, or the deadline passes.</summary>
    /// <param name="attempt">Its result, or null to wait. Called with the gate held.</param>
    /// <param name="join">Before a wait; called with the gate held, as is <paramref name="leave"/>, after it.</param>
    /// <param name="deadlineNs">0: none.</param>
    private long WaitForIpc(IpcNamespace ipc, Func<long?> attempt, Action join, Action leave, long deadlineNs, int late)
    {
        bool joined = false;
        while (true)
        {
            lock (ipc.Gate)
            {
                long? result = attempt();
                if (result is null && SignalDue())
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

            Sleep(deadlineNs, spin: true);
        }
    }
}
