using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Families;

/// <summary>POSIX message queues: mq_open, mq_unlink, mq_timedsend, mq_timedreceive, mq_notify, mq_getsetattr.</summary>
internal sealed partial class GuestProcess
{

    /// <summary>Name in the bounce buffer, struct mq_attr in its data part if there is one.</summary>
    private long OpenPosixQueue(IpcNamespace ipc, int flags, uint mode, bool hasAttributes)
    {
        PosixQueue? queue;
        long descriptor;
        lock (ipc.Gate) // until it is taken: who unlinks it meanwhile would close it
        {
            queue = ipc.Named.Open(BouncePath(0), flags, mode, Credentials, () => MakePosixQueue(ipc, hasAttributes), out int error);
            descriptor = queue is null ? error : Duplicate(queue.Ready);
            if (descriptor >= 0)
            {
                queue!.Taken();
            }
        }

        if (descriptor >= 0)
        {
            descriptor = Keep(new OpenFile((int)descriptor, null) { Queue = queue, Access = flags & OpenFlags.Accmode, NeverBlocks = true, NonBlocking = (flags & OpenFlags.Nonblock) != 0 });
        }

        return descriptor;
    }

    private (PosixQueue? Made, int Error) MakePosixQueue(IpcNamespace ipc, bool hasAttributes)
    {
        const int Most = 65536, UserMost = 10, Default = 10, DefaultBytes = 8192;
        ReadOnlySpan<long> attributes = MemoryMarshal.Cast<byte, long>(PathData.Span)[..4];
        (long count, long bytes) = hasAttributes ? (attributes[1], attributes[2]) : (Default, DefaultBytes);
        bool isRoot = Credentials.Has(Capability.SysResource);
        if (count < 1 || bytes < 1 || count > (isRoot ? Most : UserMost) || bytes > (isRoot ? GuestLayout.BounceSize : DefaultBytes))
        {
            return (null, -Errno.EINVAL);
        }

        int ready = (int)HostCall.Invoke(LinuxCall.Eventfd2, 0, OpenFlags.Nonblock | OpenFlags.Cloexec);
        if (ready < 0)
        {
            return (null, ready);
        }

        if (ipc.Named.Charge(count, bytes) is { } gone)
        {
            return (new PosixQueue((int)count, (int)bytes, ready, gone), 0);
        }

        HostIo.Close(ready);
        family.LimitHit($"message queues: one of {count} messages of {bytes} bytes would be more than RLIMIT_MSGQUEUE");
        return (null, -Errno.EMFILE);
    }

    private long UnlinkPosixQueue(IpcNamespace ipc)
    {
        lock (ipc.Gate)
        {
            return ipc.Named.Unlink(BouncePath(0), Credentials);
        }
    }

    private long SendPosix(IpcNamespace ipc, ulong handle, long bytes, uint priority, long deadlineNs)
    {
        if (priority >= PosixQueue.PriorityLimit)
        {
            return -Errno.EINVAL;
        }

        if (Held(handle) is not { Queue: { } queue, Access: not 0 } file)
        {
            return -Errno.EBADF;
        }

        if (bytes < 0 || bytes > queue.MessageBytes)
        {
            return -Errno.EMSGSIZE;
        }

        (GuestProcess Process, int Signal, ulong Value)? notified = null;
        long result = WaitForIpc(
            ipc,
            () => queue.TrySend(Vm.Bounce.Span[..(int)bytes], (int)priority, out notified) ? 0 : file.NonBlocking ? -Errno.EAGAIN : null,
            () => queue.Join(this, receives: false),
            () => queue.Leave(this, receives: false),
            deadlineNs,
            -Errno.ETIMEDOUT);
        if (notified is { Signal: not 0 } waiting)
        {
            const int OfQueue = -3; // SI_MESGQ
            family.Notify(waiting.Process, waiting.Signal, new SignalInformation { Code = OfQueue, Pid = Pid, Uid = (int)Credentials.Users.Real, Value = waiting.Value });
        }

        return result;
    }

    /// <returns>The length, and above it the priority.</returns>
    private long ReceivePosix(IpcNamespace ipc, ulong handle, long bytes, long deadlineNs)
    {
        if (Held(handle) is not { Queue: { } queue, Access: not 1 } file)
        {
            return -Errno.EBADF;
        }

        if (bytes < queue.MessageBytes)
        {
            return -Errno.EMSGSIZE;
        }

        return WaitForIpc(
            ipc,
            () => queue.TryReceive(Vm.Bounce.Span, out int priority) is { } length ? (uint)length | ((long)priority << 32) : file.NonBlocking ? -Errno.EAGAIN : null,
            () => queue.Join(this, receives: true),
            () => queue.Leave(this, receives: true),
            deadlineNs,
            -Errno.ETIMEDOUT);
    }

    /// <param name="kind">SIGEV_SIGNAL, SIGEV_NONE; -1 ends the registration.</param>
    private long NotifyPosix(IpcNamespace ipc, ulong handle, long kind, int signal, ulong value)
    {
        const int BySignal = 0, None = 1;
        if (kind is not (-1 or BySignal or None) || (kind == BySignal && signal is < 0 or >= GuestLayout.Signals))
        {
            return -Errno.EINVAL;
        }

        if (Held(handle) is not { Queue: { } queue })
        {
            return -Errno.EBADF;
        }

        lock (ipc.Gate)
        {
            if (kind >= 0 && queue.Notification is not null)
            {
                return -Errno.EBUSY;
            }

            if (kind >= 0)
            {
                queue.Notification = (this, kind == None ? 0 : signal, value);
            }
            else if (queue.Notification?.Process == this)
            {
                queue.Notification = null;
            }

            return 0;
        }
    }

    /// <summary>The process has closed a queue: it is told of its messages no more.</summary>
    private void StopNotifying(PosixQueue queue)
    {
        lock (family.Ipc.Gate)
        {
            if (queue.Notification?.Process == this)
            {
                queue.Notification = null;
            }
        }
    }

    /// <summary>struct mq_attr of before into the bounce buffer; of the new one only O_NONBLOCK counts.</summary>
    private long ConfigurePosix(IpcNamespace ipc, ulong handle, bool set, long flags)
    {
        if (Held(handle) is not { Queue: { } queue } file)
        {
            return -Errno.EBADF;
        }

        if (set && (flags & ~OpenFlags.Nonblock) != 0)
        {
            return -Errno.EINVAL;
        }

        Span<long> attributes = MemoryMarshal.Cast<byte, long>(Vm.Bounce.Span)[..8];
        attributes.Clear();
        lock (ipc.Gate)
        {
            (attributes[0], attributes[1], attributes[2], attributes[3]) = (file.NonBlocking ? OpenFlags.Nonblock : 0, queue.MostMessages, queue.MessageBytes, queue.Count);
        }

        if (set)
        {
            file.NonBlocking = (flags & OpenFlags.Nonblock) != 0;
        }

        return 0;
    }
}
