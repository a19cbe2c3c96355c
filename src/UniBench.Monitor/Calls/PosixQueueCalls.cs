using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Ipc;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Calls;

/// <summary>POSIX message queues: mq_open, mq_unlink, mq_timedsend, mq_timedreceive, mq_notify, mq_getsetattr.</summary>
internal sealed class PosixQueueCalls(GuestProcess process) : IpcModule(process)
{
    private const int StatusBytes = 80; // st_size of every queue

    /// <summary>Name in the bounce buffer, struct mq_attr in its data part if there is one.</summary>
    public long OpenPosixQueue(IpcNamespace ipc, int flags, uint mode, bool hasAttributes)
    {
        string name = Process.Paths.BouncePath(0);
        PosixQueue? queue;
        long descriptor;
        lock (ipc.Gate) // until it is taken: who unlinks it meanwhile would close it
        {
            queue = ipc.Named.Open(name, flags, mode, Credentials, () => MakePosixQueue(ipc, hasAttributes), out int error);
            descriptor = queue is null ? error : FileCalls.Duplicate(queue.Ready);
            if (descriptor >= 0)
            {
                queue!.Taken();
            }
        }

        if (descriptor >= 0)
        {
            SpecialFile special = new SpecialFile.Text(() => StatusOf(ipc, queue!)) { Mode = queue!.Mode, Owner = queue.Owner, Size = StatusBytes };
            descriptor = Process.Files.Keep(new OpenFile((int)descriptor, "/" + name)
            {
                Queue = queue,
                Special = special,
                Text = new OpenText(special, Family.Budget),
                Access = flags & OpenFlags.Accmode,
                NeverBlocks = true,
                NonBlocking = (flags & OpenFlags.Nonblock) != 0,
            });
        }

        return descriptor;
    }

    private static string StatusOf(IpcNamespace ipc, PosixQueue queue)
    {
        lock (ipc.Gate)
        {
            return queue.Status;
        }
    }

    private (PosixQueue? Made, int Error) MakePosixQueue(IpcNamespace ipc, bool hasAttributes)
    {
        const int Most = 65536, UserMost = 10, Default = 10, DefaultBytes = 8192;
        ReadOnlySpan<long> attributes = MemoryMarshal.Cast<byte, long>(Process.Paths.PathData.Span)[..4];
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
        Family.LimitHit($"message queues: one of {count} messages of {bytes} bytes would be more than RLIMIT_MSGQUEUE");
        return (null, -Errno.EMFILE);
    }

    public long UnlinkPosixQueue(IpcNamespace ipc)
    {
        lock (ipc.Gate)
        {
            return ipc.Named.Unlink(Process.Paths.BouncePath(0), Credentials);
        }
    }

    public long SendPosix(IpcNamespace ipc, ulong handle, long bytes, uint priority, long deadlineNs)
    {
        if (priority >= PosixQueue.PriorityLimit)
        {
            return -Errno.EINVAL;
        }

        if (Process.Files.Held(handle) is not { Queue: { } queue, Access: not 0 } file)
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
            () => queue.Join(Process, receives: false),
            () => queue.Leave(Process, receives: false),
            deadlineNs,
            -Errno.ETIMEDOUT);
        if (notified is { Signal: not 0 } waiting)
        {
            Family.Notify(waiting.Process, waiting.Signal, new SignalInformation { Code = SignalCode.SiMesgq, Pid = Pid, Uid = (int)Credentials.Users.Real, Value = waiting.Value });
        }

        return result;
    }

    /// <returns>The length, and above it the priority.</returns>
    public long ReceivePosix(IpcNamespace ipc, ulong handle, long bytes, long deadlineNs)
    {
        if (Process.Files.Held(handle) is not { Queue: { } queue, Access: not 1 } file)
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
            () => queue.Join(Process, receives: true),
            () => queue.Leave(Process, receives: true),
            deadlineNs,
            -Errno.ETIMEDOUT);
    }

    /// <param name="kind">SIGEV_SIGNAL, SIGEV_NONE; -1 ends the registration.</param>
    public long NotifyPosix(IpcNamespace ipc, ulong handle, long kind, int signal, ulong value)
    {
        const int BySignal = 0, None = 1;
        if (kind is not (-1 or BySignal or None) || (kind == BySignal && signal is < 0 or >= GuestLayout.Signals))
        {
            return -Errno.EINVAL;
        }

        if (Process.Files.Held(handle) is not { Queue: { } queue })
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
                queue.Notification = (Process, kind == None ? 0 : signal, value);
            }
            else if (queue.Notification?.Process == Process)
            {
                queue.Notification = null;
            }

            return 0;
        }
    }

    /// <summary>The process has closed a queue: it is told of its messages no more.</summary>
    public void StopNotifying(PosixQueue queue)
    {
        lock (Family.Ipc.Gate)
        {
            if (queue.Notification?.Process == Process)
            {
                queue.Notification = null;
            }
        }
    }

    /// <summary>struct mq_attr of before into the bounce buffer; of the new one only O_NONBLOCK counts.</summary>
    public long ConfigurePosix(IpcNamespace ipc, ulong handle, bool set, long flags)
    {
        if (Process.Files.Held(handle) is not { Queue: { } queue } file)
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
