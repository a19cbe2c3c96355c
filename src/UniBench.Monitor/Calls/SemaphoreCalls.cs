using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Ipc;

namespace UniBench.Monitor.Calls;

/// <summary>semget, semop, semctl.</summary>
internal sealed class SemaphoreCalls(GuestProcess process) : IpcModule(process)
{
    private const int MostSemaphores = 32000; // SEMMSL: SETALL's values fit the bounce buffer
    private const int MostOperations = 500; // what the bounce buffer is for

    public long GetSemaphores(IpcNamespace ipc, int key, int count, int flags)
    {
        if (count < 0 || count > Math.Min(MostSemaphores, Family.IpcLimits.SemaphoresOfSet))
        {
            return -Errno.EINVAL;
        }

        lock (ipc.Gate)
        {
            return ipc.Semaphores.Get(
                key, flags, Caller, known => count > known.Count ? -Errno.EINVAL : 0, () => MakeSet(ipc, key, count, flags));
        }
    }

    private (SemaphoreSet? Made, long Error) MakeSet(IpcNamespace ipc, int key, int count, int flags) =>
        count == 0 ? (null, -Errno.EINVAL)
        : ipc.Semaphores.All.Sum(s => (long)s.Count) + count > Family.IpcLimits.Semaphores ? (null, -Errno.ENOSPC)
        : ipc.Budget.TryTake(SemaphoreSet.BytesFor(count)) ? (new SemaphoreSet(key, Caller, flags, count, ipc.Budget), 0)
        : (null, NamedLimit(-Errno.ENOSPC)); // as beyond SEMMNS

    public long OperateSemaphores(IpcNamespace ipc, int id, int count, long deadlineNs)
    {
        if (count < 1 || count > Math.Min(MostOperations, Family.IpcLimits.Operations))
        {
            return count < 1 ? -Errno.EINVAL : -Errno.E2BIG;
        }

        SemaphoreOperation[] operations = [.. MemoryMarshal.Cast<byte, SemaphoreOperation>(Vm.Bounce.Span)[..count]];
        SemaphoreWaiter waiter = new(Process, operations);
        bool changes = operations.Any(o => o.Change != 0);
        SemaphoreSet? set;
        lock (ipc.Gate)
        {
            set = ipc.Semaphores.Find(id);
            long refused = set is null ? -Errno.EINVAL : operations.Any(o => o.Number >= set.Count) ? -Errno.EFBIG : set.Allows(Caller, changes ? 0x92 : 0x124) ? 0 : -Errno.EACCES;
            if (refused != 0)
            {
                return refused;
            }
        }

        return NamedLimit(WaitForIpc(ipc, () => waiter.Result ?? (set!.IsRemoved ? -Errno.EIDRM : set.TryNow(waiter)), () => set!.Join(waiter), () => set!.Leave(waiter), deadlineNs, -Errno.EAGAIN));
    }

    public long ControlSemaphores(IpcNamespace ipc, int id, int number, int command, int value)
    {
        const int GetPid = 11, GetValue = 12, GetAll = 13, GetWaiting = 14, GetWaitingForZero = 15, SetValue = 16, SetAll = 17, StatByIndex = 18, Info = 19, StatAny = 20;
        lock (ipc.Gate)
        {
            if (command is IpcInfo or Info)
            {
                // struct seminfo: semmap, semmni, semmns, semmnu, semmsl, semopm, semume, semusz, semvmx, semaem; SEM_INFO has sets in use and semaphores as semusz and semaem
                IpcLimits limits = Family.IpcLimits;
                (int sets, int total) = command == Info ? (ipc.Semaphores.Count, ipc.Semaphores.All.Sum(s => s.Count)) : (20, SemaphoreSet.ValueLimit);
                return DescribeLimits(ipc.Semaphores.HighestIndex, [limits.Semaphores, limits.Sets, limits.Semaphores, limits.Semaphores, limits.SemaphoresOfSet, limits.Operations, limits.Operations, sets, SemaphoreSet.ValueLimit, total]);
            }

            if (ControlAny(ipc.Semaphores, id, command, StatByIndex, StatAny) is { } answered)
            {
                return answered;
            }

            if (ipc.Semaphores.Find(id) is not { } set)
            {
                return -Errno.EINVAL;
            }

            bool changes = command is SetValue or SetAll;
            if (command is not (IpcSet or IpcRemove) && !set.Allows(Caller, changes ? 0x92 : 0x124))
            {
                return -Errno.EACCES;
            }

            if (command is GetPid or GetValue or GetWaiting or GetWaitingForZero or SetValue && (uint)number >= (uint)set.Count)
            {
                return -Errno.EINVAL;
            }

            Span<ushort> all = MemoryMarshal.Cast<byte, ushort>(Vm.Bounce.Span)[..set.Count];
            switch (command)
            {
                case IpcSet:
                    set.SetPermission(Vm.Bounce.Span);
                    return 0;
                case IpcRemove:
                    ipc.Semaphores.Remove(set);
                    set.Release();
                    return 0;
                case GetPid:
                    return set.LastPid(number);
                case GetValue:
                    return set[number];
                case GetWaiting or GetWaitingForZero:
                    return set.Waiting(number, command == GetWaitingForZero);
                case GetAll:
                    for (int i = 0; i < set.Count; i++)
                    {
                        all[i] = set[i];
                    }

                    return set.Count;
                case SetValue when value is < 0 or > SemaphoreSet.ValueLimit:
                    return -Errno.ERANGE;
                case SetValue:
                    set.Set(number, (ushort)value, Pid);
                    set.Advance();
                    return 0;
                case SetAll when all.ContainsAnyExceptInRange((ushort)0, (ushort)SemaphoreSet.ValueLimit):
                    return -Errno.ERANGE;
                case SetAll:
                    for (int i = 0; i < set.Count; i++)
                    {
                        set.Set(i, all[i], Pid);
                    }

                    set.Advance();
                    return 0;
                default:
                    return -Errno.EINVAL;
            }
        }
    }
}
