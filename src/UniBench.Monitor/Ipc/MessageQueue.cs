using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Ipc;

/// <summary>A System V message queue.</summary>
internal sealed class MessageQueue(int key, IpcCaller maker, int mode, FamilyBudget budget, int bytes = MessageQueue.QueueLimit) : IpcObject(key, maker, mode)
{
    public const int Bytes = 120;
    public const int QueueLimit = 16384; // MSGMNB
    private const int Overhead = 96; // of a message
    private const int NoError = 0x1000, Except = 0x2000, Copy = 0x4000; // MSG_NOERROR, MSG_EXCEPT, MSG_COPY
    private readonly LinkedList<(long Type, byte[] Text)> messages = [];
    private readonly List<IFamilyMember> waiting = [];
    private long sentAt, receivedAt, inside, capacity = bytes;
    private int lastSender, lastReceiver;

    public int Count => messages.Count;

    public long BytesInside => inside;

    public void Join(IFamilyMember process) => waiting.Add(process);

    public void Leave(IFamilyMember process) => waiting.Remove(process);

    /// <summary>Something has changed: who waits looks again.</summary>
    public void WakeAll() => waiting.ForEach(p => p.WakeUp());

    /// <returns>0; -EAGAIN if there is no room in the queue; -ENOMEM if the family may hold no more.</returns>
    public long TrySend(long type, ReadOnlySpan<byte> text, int pid)
    {
        if (inside + text.Length > capacity || messages.Count >= capacity)
        {
            return -Errno.EAGAIN;
        }

        if (!budget.TryTake(text.Length + Overhead))
        {
            return -Errno.ENOMEM;
        }

        messages.AddLast((type, text.ToArray()));
        inside += text.Length;
        (lastSender, sentAt) = (pid, Now);
        WakeAll();
        return 0;
    }

    /// <summary>Takes the message that msgrcv asks for.</summary>
    /// <param name="type">0: the first; positive: the first of that type, or of another with MSG_EXCEPT; negative: of the lowest type up to its amount.</param>
    /// <returns>-ENOMSG if there is none; -E2BIG if it is too long.</returns>
    public long TryReceive(long type, int flags, Span<byte> to, int pid, out long found)
    {
        found = 0;
        LinkedListNode<(long Type, byte[] Text)>? node = Choose(type, flags);
        if (node is null)
        {
            return -Errno.ENOMSG;
        }

        (found, byte[] text) = node.Value;
        if (text.Length > to.Length && (flags & NoError) == 0)
        {
            return -Errno.E2BIG;
        }

        int length = Math.Min(text.Length, to.Length);
        text.AsSpan(0, length).CopyTo(to);
        if ((flags & Copy) == 0)
        {
            messages.Remove(node);
            budget.Give(text.Length + Overhead);
            inside -= text.Length;
            (lastReceiver, receivedAt) = (pid, Now);
            WakeAll();
        }

        return length;
    }

    /// <summary>It is removed: what is in it goes.</summary>
    public void Clear()
    {
        budget.Give(inside + ((long)messages.Count * Overhead));
        messages.Clear();
        inside = 0;
    }

    /// <summary>Flags that contradict each other.</summary>
    public static bool IsValid(int flags) => (flags & Copy) == 0 || ((flags & Except) == 0 && (flags & IpcTable.NoWait) != 0);

    /// <summary>IPC_SET.</summary>
    /// <returns>0 or -EPERM: only root makes it larger than the default.</returns>
    public long Configure(ReadOnlySpan<byte> from, IpcCaller caller)
    {
        long wanted = BinaryPrimitives.ReadInt64LittleEndian(from[88..]);
        if (wanted > QueueLimit && !caller.Who.Has(Capability.SysResource))
        {
            return -Errno.EPERM;
        }

        SetPermission(from);
        capacity = Math.Clamp(wanted, 0, int.MaxValue);
        WakeAll();
        return 0;
    }

    /// <summary>struct msqid_ds.</summary>
    public override void Describe(Span<byte> to)
    {
        to = to[..Bytes];
        DescribePermission(to);
        BinaryPrimitives.WriteInt64LittleEndian(to[48..], sentAt);
        BinaryPrimitives.WriteInt64LittleEndian(to[56..], receivedAt);
        BinaryPrimitives.WriteInt64LittleEndian(to[64..], ChangedAt);
        BinaryPrimitives.WriteInt64LittleEndian(to[72..], inside);
        BinaryPrimitives.WriteInt64LittleEndian(to[80..], messages.Count);
        BinaryPrimitives.WriteInt64LittleEndian(to[88..], capacity);
        BinaryPrimitives.WriteInt32LittleEndian(to[96..], lastSender);
        BinaryPrimitives.WriteInt32LittleEndian(to[100..], lastReceiver);
    }

    private LinkedListNode<(long Type, byte[] Text)>? Choose(long type, int flags)
    {
        if ((flags & Copy) != 0)
        {
            LinkedListNode<(long, byte[])>? at = type < 0 ? null : messages.First;
            for (long i = 0; i < type && at is not null; i++)
            {
                at = at.Next;
            }

            return at;
        }

        LinkedListNode<(long Type, byte[] Text)>? best = null;
        for (LinkedListNode<(long Type, byte[] Text)>? node = messages.First; node is not null; node = node.Next)
        {
            long own = node.Value.Type;
            if (type == 0 || (type > 0 && own == type != ((flags & Except) != 0)))
            {
                return node;
            }

            if (type < 0 && own <= (type == long.MinValue ? long.MaxValue : -type) && (best is null || own < best.Value.Type))
            {
                best = node;
            }
        }

        return best;
    }
}
