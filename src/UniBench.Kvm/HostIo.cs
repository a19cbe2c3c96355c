using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace UniBench.Kvm;

/// <summary>Host system calls on descriptors, with guest memory as buffers. Results are counts, or -errno.</summary>
public static unsafe class HostIo
{
    private const int FifoType = 0x1000;
    private const int SocketType = 0xc000;
    private const int TypeMask = 0xf000;

    public static long Read(int descriptor, HostRange buffer) => Result(read(descriptor, (void*)buffer.Address, (size_t)(ulong)buffer.Length));

    public static long Write(int descriptor, HostRange buffer) => Result(write(descriptor, (void*)buffer.Address, (size_t)(ulong)buffer.Length));

    /// <summary>Waits for readiness (or an error condition, which read or write will report).</summary>
    /// <returns>False after the time limit or a signal.</returns>
    public static bool Poll(int descriptor, bool forWriting, int timeoutMs)
    {
        pollfd entry = new() { fd = descriptor, events = (short)(forWriting ? POLLOUT : POLLIN) };
        return poll(&entry, 1, timeoutMs) > 0;
    }

    public static long Ioctl(int descriptor, uint request, HostRange argument) => Result(ioctl(descriptor, unchecked((int)request), (void*)argument.Address));

    public static long Ioctl(int descriptor, uint request, long argument) => Result(ioctl(descriptor, unchecked((int)request), (void*)argument));

    /// <summary>struct stat into the buffer.</summary>
    public static long Stat(int descriptor, HostRange buffer) =>
        buffer.Length >= sizeof(stat) ? Result(fstat(descriptor, (stat*)buffer.Address)) : -Errno.EFAULT;

    public static long Seek(int descriptor, long offset, int whence)
    {
        long at = (long)lseek(descriptor, (off_t)offset, whence);
        return at >= 0 ? at : -Errno.Last;
    }

    /// <summary>O_* status flags, or -errno.</summary>
    public static int GetFlags(int descriptor)
    {
        int flags = fcntl(descriptor, F_GETFL, 0);
        return flags >= 0 ? flags : -Errno.Last;
    }

    /// <summary>A pipe or socket: writing to it may block.</summary>
    public static bool IsPipe(int descriptor)
    {
        stat status;
        return fstat(descriptor, &status) == 0 && ((uint)status.st_mode & TypeMask) is FifoType or SocketType;
    }

    private static long Result(ssize_t result) => (long)result >= 0 ? (long)result : -Errno.Last;

    private static long Result(int result) => result >= 0 ? result : -Errno.Last;
}
