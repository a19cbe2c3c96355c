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

    /// <summary>O_PATH: a descriptor that names a file without opening it.</summary>
    public const int PathOnly = 0x200000;

    /// <summary>Opens a path beneath a directory, which neither `..` nor a symbolic link can leave; close-on-exec.</summary>
    /// <returns>A descriptor, or -errno.</returns>
    public static int OpenBeneath(string directory, string path, int flags, uint mode)
    {
        const ulong ResolveInRoot = 0x10;
        const nint OpenAt2 = 437;
        int root = OpenDirectory(directory);
        if (root < 0)
        {
            return root;
        }

        byte[] name = [.. System.Text.Encoding.UTF8.GetBytes(path), 0];
        ulong* how = stackalloc ulong[3] { (uint)flags | (uint)O_CLOEXEC, (flags & O_CREAT) != 0 ? mode & 0xfff : 0, ResolveInRoot };
        fixed (byte* at = name)
        {
            int result = (int)NativeMethods.OpenAt2Call(OpenAt2, root, at, how, 24);
            result = result >= 0 ? result : -Errno.Last;
            _ = close(root);
            return result;
        }
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>getdents64(2).</summary>
    public static long Entries(int descriptor, HostRange buffer)
    {
        const nint GetDents64 = 217;
        nint result = NativeMethods.GetDentsCall(GetDents64, descriptor, (byte*)buffer.Address, (nuint)buffer.Length);
        return result >= 0 ? result : -Errno.Last;
    }

    public static long ReadAt(int descriptor, HostRange buffer, long offset) => Result(pread(descriptor, (void*)buffer.Address, (size_t)(ulong)buffer.Length, (off_t)offset));

    public static long WriteAt(int descriptor, HostRange buffer, long offset) => Result(pwrite(descriptor, (void*)buffer.Address, (size_t)(ulong)buffer.Length, (off_t)offset));

    /// <summary>Where the symbolic link goes that an O_PATH descriptor names.</summary>
    public static long ReadLink(int descriptor, HostRange buffer)
    {
        byte none = 0;
        return Result(readlinkat(descriptor, &none, (byte*)buffer.Address, (size_t)(ulong)buffer.Length));
    }

    /// <summary>access(2) of what a descriptor names.</summary>
    public static long Access(int descriptor, int mode)
    {
        const int EmptyPath = 0x1000;
        const nint Faccessat2 = 439;
        byte none = 0;
        nint result = NativeMethods.AccessCall(Faccessat2, descriptor, &none, mode, EmptyPath);
        return result >= 0 ? result : -Errno.Last;
    }

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

    private static int OpenDirectory(string directory)
    {
        byte[] name = [.. System.Text.Encoding.UTF8.GetBytes(directory), 0];
        fixed (byte* at = name)
        {
            int result = open(at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            return result >= 0 ? result : -Errno.Last;
        }
    }

    private static long Result(ssize_t result) => (long)result >= 0 ? (long)result : -Errno.Last;

    private static long Result(int result) => result >= 0 ? result : -Errno.Last;
}
