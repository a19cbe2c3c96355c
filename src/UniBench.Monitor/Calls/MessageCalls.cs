using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Ipc;

namespace UniBench.Monitor.Calls;

/// <summary>msgget, msgsnd, msgrcv, msgctl. In the bounce buffer a message is its type, eight bytes, and its text.</summary>
internal sealed class MessageCalls(GuestProcess process) : IpcModule(process)
{
    public long GetQueue(IpcNamespace ipc, int key, int flags)
    {
        lock (ipc.Gate)
        {
            return ipc.Queues.Get(key, flags, Caller, _ => 0, () => (new MessageQueue(key, Caller, flags, ipc.Budget, Family.IpcLimits.QueueBytes), 0));
        }
    }

    public long SendMessage(IpcNamespace ipc, int id, long bytes, int flags)
    {
        long type = BinaryPrimitives.ReadInt64LittleEndian(Vm.Bounce.Span);
        if (bytes < 0 || bytes > Family.IpcLimits.MessageBytes || bytes > GuestLayout.BounceSize - 8 || type < 1)
        {
            return -Errno.EINVAL;
        }

        return OnQueue(ipc, id, 0x92, flags, queue => NamedLimit(queue.TrySend(type, Vm.Bounce.Span.Slice(8, (int)bytes), Pid)), -Errno.EAGAIN);
    }

    public long ReceiveMessage(IpcNamespace ipc, int id, long bytes, long type, int flags)
    {
        if (bytes < 0 || !MessageQueue.IsValid(flags))
        {
            return -Errno.EINVAL;
        }

        int room = (int)Math.Min(bytes, GuestLayout.BounceSize - 8);
        return OnQueue(ipc, id, 0x124, flags, queue =>
        {
            long result = queue.TryReceive(type, flags, Vm.Bounce.Span.Slice(8, room), Pid, out long found);
            BinaryPrimitives.WriteInt64LittleEndian(Vm.Bounce.Span, result >= 0 ? found : 0);
            return result;
        }, -Errno.ENOMSG);
    }

    /// <param name="attempt">What to do, with the gate held; <paramref name="mustWait"/> when it cannot be done now.</param>
    private long OnQueue(IpcNamespace ipc, int id, int wanted, int flags, Func<MessageQueue, long> attempt, int mustWait)
    {
        MessageQueue? queue;
        lock (ipc.Gate)
        {
            queue = ipc.Queues.Find(id);
            if (queue is null || !queue.Allows(Caller, wanted))
            {
                return queue is null ? -Errno.EINVAL : -Errno.EACCES;
            }
        }

        return WaitForIpc(
            ipc,
            () => queue.IsRemoved ? -Errno.EIDRM : attempt(queue) is var result && (result != mustWait || (flags & IpcTable.NoWait) != 0) ? result : null,
            () => queue.Join(Process),
            () => queue.Leave(Process),
            0,
            0);
    }

    public long ControlQueue(IpcNamespace ipc, int id, int command)
    {
        const int StatByIndex = 11, Info = 12, StatAny = 13;
        lock (ipc.Gate)
        {
            if (command is IpcInfo or Info)
            {
                // struct msginfo: msgpool, msgmap, msgmax, msgmnb, msgmni, msgssz, msgtql, msgseg; MSG_INFO has queues, messages and bytes as msgpool, msgmap and msgtql
                (int queues, int messages, int bytes) = command == Info
                    ? (ipc.Queues.Count, ipc.Queues.All.Sum(q => q.Count), (int)ipc.Queues.All.Sum(q => q.BytesInside))
                    : (512000, 16384, 16384);
                return DescribeLimits(ipc.Queues.HighestIndex, [queues, messages, Family.IpcLimits.MessageBytes, Family.IpcLimits.QueueBytes, Family.IpcLimits.Queues, 16, bytes, 0xffff]);
            }

            if (ControlAny(ipc.Queues, id, command, StatByIndex, StatAny) is { } answered)
            {
                return answered;
            }

            if (ipc.Queues.Find(id) is not { } queue || command is not (IpcSet or IpcRemove))
            {
                return -Errno.EINVAL;
            }

            if (command == IpcSet)
            {
                return queue.Configure(Vm.Bounce.Span, Caller);
            }

            ipc.Queues.Remove(queue);
            queue.Clear();
            queue.WakeAll();
            return 0;
        }
    }
}
