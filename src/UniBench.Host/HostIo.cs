using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace UniBench.Host;

/// <summary>Host system calls on descriptors, with guest memory as buffers. Results are counts, or -errno.</summary>
public static unsafe class HostIo
{
    public static long Read(int descriptor, HostRange buffer) => Result(read(descriptor, (void*)buffer.Address, (size_t)(ulong)buffer.Length));

    public static long Write(int descriptor, HostRange buffer) => Result(write(descriptor, (void*)buffer.Address, (size_t)(ulong)buffer.Length));

    /// <summary>Writes behind the end of a file: pwritev2(2) with RWF_APPEND.</summary>
    /// <param name="moves">The file's position comes to be there, too.</param>
    public static long Append(int descriptor, HostRange buffer, bool moves)
    {
        const int AppendFlag = 16;
        iovec part = new() { iov_base = (void*)buffer.Address, iov_len = (size_t)(ulong)buffer.Length };

        // SAFETY: the vector and what it names outlive the call.
        nint result = NativeMethods.WriteVector(descriptor, &part, 1, moves ? -1 : 0, AppendFlag);
        return result >= 0 ? result : -Errno.Last;
    }

    public static long Ioctl(int descriptor, uint request, HostRange argument) => Result(ioctl(descriptor, unchecked((int)request), (void*)argument.Address));

    public static long Ioctl(int descriptor, uint request, long argument) => Result(ioctl(descriptor, unchecked((int)request), (void*)argument));

    public static long Ioctl(int descriptor, uint request, Span<byte> argument)
    {
        fixed (byte* at = argument)
        {
            return Result(ioctl(descriptor, unchecked((int)request), at));
        }
    }

    public static long Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            return Result(write(descriptor, at, (size_t)(ulong)bytes.Length));
        }
    }

    public static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>/dev/null, for reading and writing.</summary>
    public static int OpenNothing() => Open("/dev/null", O_RDWR);

    /// <summary>The same file once more, for reading only.</summary>
    internal static int OpenAgain(int descriptor) => Open(FormattableString.Invariant($"/proc/self/fd/{descriptor}"), O_RDONLY);

    private static int Open(string path, int flags)
    {
        fixed (byte* at = System.Text.Encoding.ASCII.GetBytes(path + '\0'))
        {
            int fd = open(at, flags | O_CLOEXEC);
            return fd >= 0 ? fd : throw new HostException($"open {path}", Errno.Last);
        }
    }

    /// <summary>Reads an eventfd, which is zero then.</summary>
    public static void Drain(int descriptor)
    {
        long value;
        _ = read(descriptor, &value, sizeof(long));
    }

    /// <summary>Reads a word that may not be there: memory behind the end of a mapped file.</summary>
    public static uint? ReadWord(HostRange word)
    {
        uint value;
        long* local = stackalloc long[2] { (nint)(&value), 4 };
        long* remote = stackalloc long[2] { word.Address, 4 };
        return HostCall.Invoke(LinuxCall.ProcessVmReadv, Environment.ProcessId, (nint)local, 1, (nint)remote, 1) == 4 ? value : null;
    }

    /// <summary>recvmsg(2) into one buffer.</summary>
    /// <returns>The count, with the message's flags 32 bits above it, or -errno.</returns>
    public static long Receive(int descriptor, HostRange buffer, int flags)
    {
        long* part = stackalloc long[2] { buffer.Address, buffer.Length };
        long* message = stackalloc long[7] { 0, 0, (nint)part, 1, 0, 0, 0 };
        long result = HostCall.Invoke(LinuxCall.Recvmsg, descriptor, (nint)message, flags);
        return result < 0 ? result : result | ((message[6] & 0x7fffffff) << 32);
    }

    /// <summary>Where the symbolic link goes that an O_PATH descriptor names; empty if it is none.</summary>
    public static byte[] ReadLink(int descriptor)
    {
        byte none = 0;
        byte[] target = new byte[4096];
        fixed (byte* at = target)
        {
            long length = (long)readlinkat(descriptor, &none, at, (size_t)(ulong)target.Length);
            return target[..(int)Math.Max(0, length)];
        }
    }

    /// <summary>Where one of this process's descriptors leads, as /proc shows it.</summary>
    public static byte[] NameOf(int descriptor) => LinkOf(FormattableString.Invariant($"/proc/self/fd/{descriptor}"));

    /// <summary>Where a symbolic link leads; empty if there is none.</summary>
    public static byte[] LinkOf(string link)
    {
        byte[] path = System.Text.Encoding.ASCII.GetBytes(link + '\0');
        byte[] target = new byte[4096];
        fixed (byte* name = path, at = target)
        {
            long length = (long)readlink(name, at, (size_t)(ulong)target.Length);
            return target[..(int)Math.Max(0, length)];
        }
    }

    /// <summary>Whether programs there start without their set-ID bits: the file system is mounted with nosuid.</summary>
    public static bool IgnoresSetIds(int descriptor)
    {
        const int FlagsWord = 10, NoSetIds = 2;
        long* status = stackalloc long[15];
        return HostCall.Invoke(LinuxCall.Fstatfs, descriptor, (nint)status) != 0 || (status[FlagsWord] & NoSetIds) != 0;
    }

    /// <summary>Bytes of struct stat.</summary>
    public static int StatBytes => sizeof(stat);

    /// <summary>struct stat into the buffer; also of an O_PATH descriptor.</summary>
    public static long Stat(int descriptor, Span<byte> buffer)
    {
        if (buffer.Length < sizeof(stat))
        {
            return -Errno.EFAULT;
        }

        fixed (byte* at = buffer)
        {
            return Result(fstat(descriptor, (stat*)at));
        }
    }

    /// <summary>Whether it is a terminal.</summary>
    public static bool IsTerminal(int descriptor)
    {
        byte* settings = stackalloc byte[64];
        return ioctl(descriptor, 0x5401, settings) == 0; // TCGETS
    }

    /// <summary>The bytes of a file from its start, at most that many.</summary>
    public static byte[] ReadAll(int descriptor, long size)
    {
        byte[] content = new byte[size];
        int done = 0;
        while (done < content.Length)
        {
            fixed (byte* at = &content[done])
            {
                long got = (long)pread(descriptor, at, (size_t)(ulong)(content.Length - done), (off_t)done);
                if (got <= 0)
                {
                    break;
                }

                done += (int)got;
            }
        }

        return done == content.Length ? content : content[..done];
    }

    /// <summary>Writes all bytes; the descriptor is one of our own files.</summary>
    public static void WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            fixed (byte* at = bytes)
            {
                long written = (long)write(descriptor, at, (size_t)(ulong)bytes.Length);
                if (written <= 0)
                {
                    throw new HostException("write", Errno.Last);
                }

                bytes = bytes[(int)written..];
            }
        }
    }

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

    private static long Result(ssize_t result) => (long)result >= 0 ? (long)result : -Errno.Last;

    private static long Result(int result) => result >= 0 ? result : -Errno.Last;
}
