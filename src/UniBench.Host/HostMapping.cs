using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace UniBench.Host;

/// <summary>Owns a mapping in this process's address space.</summary>
public sealed unsafe class HostMapping : IDisposable
{
    private readonly long length;
    private readonly long fileOffset;
    private readonly Lock gate = new();
    private byte* pointer;
    private int descriptor = -1;
    private int readOnlyDescriptor = -1;

    private HostMapping(byte* pointer, long length, long fileOffset = 0)
    {
        this.pointer = pointer;
        this.length = length;
        this.fileOffset = fileOffset;
    }

    public HostRange Range => new((nint)pointer, length);

    /// <summary>All of it, as other processes can be given it.</summary>
    public HostMemory Memory => new(this, 0, length);

    internal byte* Pointer => pointer;

    /// <summary>Zeroed private memory, backed when touched, never as huge pages: clones touch few pages each.</summary>
    public static HostMapping Anonymous(long bytes)
    {
        HostMapping mapping = Map(bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, "mmap of guest memory");
        _ = madvise(mapping.pointer, (size_t)(ulong)bytes, 15); // MADV_NOHUGEPAGE; without THP in the kernel there is nothing to refuse
        return mapping;
    }

    /// <summary>Zeroed private memory, backed when touched, by huge pages where the host grants them: starts at a multiple of 2 MB.</summary>
    public static HostMapping Huge(long bytes)
    {
        const long HugePage = 2 << 20;
        HostMapping whole = Map(bytes + HugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, "mmap of guest memory");
        long before = -(long)whole.pointer & (HugePage - 1);
        if (before > 0)
        {
            _ = munmap(whole.pointer, (size_t)(ulong)before);
        }

        _ = munmap(whole.pointer + before + bytes, (size_t)(ulong)(HugePage - before));
        HostMapping mapping = new(whole.pointer + before, bytes);
        _ = madvise(mapping.pointer, (size_t)(ulong)bytes, 14); // MADV_HUGEPAGE; without THP in the kernel small pages do, only slower
        return mapping;
    }

    /// <summary>Zeroed memory that other processes can be given: a file without a name.</summary>
    /// <param name="name">For /proc; not unique.</param>
    /// <param name="bytes">Of the file.</param>
    /// <param name="reserved">Addresses for it to grow into; touching what is behind the file kills the process that does.</param>
    public static HostMapping OfNewFile(string name, long bytes, long reserved)
    {
        const int CloseOnExec = 1;
        int fd = (int)HostCall.OnPath(LinuxCall.MemfdCreate, System.Text.Encoding.ASCII.GetBytes(name + '\0'), CloseOnExec);
        if (fd < 0)
        {
            throw new HostException("memfd_create", -fd);
        }

        try
        {
            HostMapping mapping = Map(reserved, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, fd, "mmap of guest memory");
            mapping.descriptor = fd;
            mapping.Resize(bytes);
            return mapping;
        }
        catch
        {
            _ = close(fd);
            throw;
        }
    }

    /// <summary>Part of a file. Bytes behind its end are not there: touching them kills the process that does.</summary>
    /// <param name="keepFile">Other processes may be given it.</param>
    public static HostMapping Shared(int descriptor, long offset, long bytes, bool writable, bool keepFile)
    {
        const int DuplicateCloseOnExec = 1030;
        HostMapping mapping = Map(bytes, PROT_READ | (writable ? PROT_WRITE : 0), MAP_SHARED, descriptor, "mmap of a file", offset);
        mapping.descriptor = keepFile ? fcntl(descriptor, DuplicateCloseOnExec, 0) : -1;
        return keepFile && mapping.descriptor < 0 ? throw new HostException("fcntl F_DUPFD_CLOEXEC", Errno.Last) : mapping;
    }

    /// <summary>The file behind it, for another process to map.</summary>
    /// <param name="writable">False: through the descriptor nobody can write.</param>
    /// <exception cref="HostException">It has none, or it cannot be opened again.</exception>
    public int FileFor(bool writable)
    {
        if (descriptor < 0)
        {
            throw new HostException("this memory has no file that another process could map");
        }

        if (writable)
        {
            return descriptor;
        }

        lock (gate)
        {
            if (readOnlyDescriptor < 0)
            {
                readOnlyDescriptor = HostIo.OpenAgain(descriptor);
            }

            return readOnlyDescriptor;
        }
    }

    /// <summary>Makes the file so large; what is new reads as zero.</summary>
    public void Resize(long bytes)
    {
        if (ftruncate(descriptor, (off_t)bytes) < 0)
        {
            throw new HostException($"ftruncate of guest memory to {bytes} bytes", Errno.Last);
        }
    }

    /// <summary>Where a byte of it lies in its file.</summary>
    internal long FileOffset(long offset) => fileOffset + offset;

    internal static HostMapping Shared(int descriptor, long bytes, string what) => Map(bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, what);

    /// <summary>Zeroed memory for machine code: writable now, executable after <see cref="MakeExecutable"/>.</summary>
    internal void MakeExecutable()
    {
        if (mprotect(pointer, (size_t)(ulong)length, PROT_READ | PROT_EXEC) < 0)
        {
            throw new HostException("mprotect", Errno.Last);
        }
    }

    /// <summary>Gives the pages of part of this range back to the host; they read as zero afterwards.</summary>
    public void Discard(long offset, long bytes)
    {
        HostRange part = Range.Slice(offset, bytes);
        int advice = descriptor < 0 ? MADV_DONTNEED : MADV_REMOVE;
        if (madvise((void*)part.Address, (size_t)(ulong)bytes, advice) < 0)
        {
            throw new HostException(descriptor < 0 ? "madvise MADV_DONTNEED" : "madvise MADV_REMOVE", Errno.Last);
        }
    }

    /// <summary>Makes part of this range read as zero; pages that are backed stay so, where the host tells which ones are.</summary>
    /// <param name="offset">A multiple of a page, as the count.</param>
    public void Clear(long offset, long bytes)
    {
        if (descriptor >= 0 || !PageMap.Clear(Range.Slice(offset, bytes)))
        {
            Discard(offset, bytes); // others may have backed pages of a file, of which this process knows nothing
        }
    }

    public void Dispose()
    {
        if (pointer != null)
        {
            _ = munmap(pointer, (size_t)(ulong)length);
            pointer = null;
            foreach (int fd in new[] { descriptor, readOnlyDescriptor })
            {
                if (fd >= 0)
                {
                    _ = close(fd);
                }
            }
        }
    }

    private static HostMapping Map(long bytes, int protection, int flags, int descriptor, string what, long offset = 0)
    {
        void* at = mmap(null, (size_t)(ulong)bytes, protection, flags, descriptor, (off_t)offset);
        return at != MAP_FAILED ? new HostMapping((byte*)at, bytes, offset) : throw new HostException($"{what} ({bytes} bytes)", Errno.Last);
    }
}
