using UniBench.Kvm;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Families;

/// <summary>Descriptors that the monitor keeps for the guest; handles index them, bytes go through the bounce buffer.</summary>
internal sealed partial class GuestProcess
{
    private const int PollMs = 100;
    private HostDescriptors hostHandles = HostDescriptors.None;
    private volatile bool inHostCall;

    /// <summary>The host descriptors behind handles 0, 1 and 2.</summary>
    public void SetHostDescriptors(HostDescriptors descriptors) => hostHandles = descriptors;

    private long HostRead(ulong handle, ulong bytes)
    {
        if (bytes > GuestLayout.BounceSize || !hostHandles.TryGet(handle, out int fd))
        {
            return -Errno.EBADF;
        }

        long wait = WaitHost(fd, forWriting: false, handle);
        return wait < 0 ? wait : HostIo.Read(fd, Vm.Bounce.Slice(0, (long)bytes));
    }

    private long HostWrite(ulong handle, ulong bytes)
    {
        if (bytes > GuestLayout.BounceSize || !hostHandles.TryGet(handle, out int fd))
        {
            return -Errno.EBADF;
        }

        // A blocking descriptor may block in the middle of a write; one that is ready takes PIPE_BUF bytes at least.
        long done = 0;
        while (done < (long)bytes)
        {
            long wait = WaitHost(fd, forWriting: true, handle);
            if (wait < 0)
            {
                return done > 0 ? done : wait;
            }

            bool pipe = hostHandles.IsPipe(handle);
            long piece = pipe ? Math.Min((long)bytes - done, 4096) : (long)bytes - done;
            long result = HostIo.Write(fd, Vm.Bounce.Slice(done, piece));
            if (result < 0)
            {
                return done > 0 ? done : result;
            }

            done += result;
        }

        return done;
    }

    /// <summary>Waits until the descriptor is ready; a signal to the process ends the wait.</summary>
    /// <remarks>The signal interrupts poll; the time limit covers the instant between looking for signals and polling.</remarks>
    private long WaitHost(int fd, bool forWriting, ulong handle)
    {
        if (HostIo.Poll(fd, forWriting, 0))
        {
            return 0;
        }

        if (hostHandles.IsNonBlocking(handle))
        {
            return -Errno.EAGAIN;
        }

        family.Host.AddRunnable(-1);
        inHostCall = true;
        Interlocked.MemoryBarrier();
        try
        {
            while (true)
            {
                if (SignalDue())
                {
                    return -Errno.ERESTARTSYS;
                }

                if (HostIo.Poll(fd, forWriting, PollMs))
                {
                    return 0;
                }
            }
        }
        finally
        {
            inHostCall = false;
            family.Host.AddRunnable(1);
        }
    }

    private long HostIoctl(ulong handle, ulong request, ulong argument)
    {
        if (!hostHandles.TryGet(handle, out int fd))
        {
            return -Errno.EBADF;
        }

        // TCFLSH takes a number, all others that the library OS lets through take a structure.
        return request == 0x540b ? HostIo.Ioctl(fd, (uint)request, (long)argument) : HostIo.Ioctl(fd, (uint)request, Vm.Bounce);
    }

    private long HostStat(ulong handle) => hostHandles.TryGet(handle, out int fd) ? HostIo.Stat(fd, Vm.Bounce) : -Errno.EBADF;

    private long HostSeek(ulong handle, long offset, int whence) =>
        hostHandles.TryGet(handle, out int fd) ? HostIo.Seek(fd, offset, whence) : -Errno.EBADF;

    private long HostFlags(ulong handle, long flags)
    {
        if (!hostHandles.TryGet(handle, out int fd))
        {
            return -Errno.EBADF;
        }

        const int NonBlocking = 0x800;
        if (flags >= 0)
        {
            hostHandles.SetNonBlocking(handle, (flags & NonBlocking) != 0);
        }

        int own = HostIo.GetFlags(fd);
        return own < 0 ? own : (uint)(own & ~NonBlocking) | (hostHandles.IsNonBlocking(handle) ? (uint)NonBlocking : 0);
    }
}
