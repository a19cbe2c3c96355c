using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace UniBench.Host;

/// <summary>Owns a mapping in this process's address space.</summary>
public sealed unsafe class HostMapping : IDisposable
{
    private readonly long length;
    private byte* pointer;

    private HostMapping(byte* pointer, long length)
    {
        this.pointer = pointer;
        this.length = length;
    }

    public HostRange Range => new((nint)pointer, length);

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

    /// <summary>Part of a file. Bytes behind its end are not there: touching them kills the process that does.</summary>
    public static HostMapping Shared(int descriptor, long offset, long bytes, bool writable) =>
        Map(bytes, PROT_READ | (writable ? PROT_WRITE : 0), MAP_SHARED, descriptor, "mmap of a file", offset);

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
        if (madvise((void*)part.Address, (size_t)(ulong)bytes, MADV_DONTNEED) < 0)
        {
            throw new HostException("madvise MADV_DONTNEED", Errno.Last);
        }
    }

    public void Dispose()
    {
        if (pointer != null)
        {
            _ = munmap(pointer, (size_t)(ulong)length);
            pointer = null;
        }
    }

    private static HostMapping Map(long bytes, int protection, int flags, int descriptor, string what, long offset = 0)
    {
        void* at = mmap(null, (size_t)(ulong)bytes, protection, flags, descriptor, (off_t)offset);
        return at != MAP_FAILED ? new HostMapping((byte*)at, bytes) : throw new HostException($"{what} ({bytes} bytes)", Errno.Last);
    }
}
