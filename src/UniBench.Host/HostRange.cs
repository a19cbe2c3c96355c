namespace UniBench.Host;

/// <summary>A piece of this process's memory: where it starts and how many bytes it has. Owns nothing.</summary>
public readonly record struct HostRange(nint Address, long Length)
{
    private const int PopulateWrite = 23; // MADV_POPULATE_WRITE

    /// <summary>The bytes as a span; at most 2 GB.</summary>
    public unsafe Span<byte> Span =>
        //// SAFETY: a range is only made by its owner, over memory that is mapped as long as the range is in use.
        new((void*)Address, checked((int)Length));

    /// <summary>Backs untouched memory that will be written as a whole: one call, not a fault for each page.</summary>
    /// <remarks>It must come before the first read, too: <see cref="Span{T}.CopyTo"/> looks at its target first, which would map the zero page there, and replacing that asks all VMs of the process (14 us a page with 50 of them, 40 us with 500).</remarks>
    public unsafe void Populate() =>
        //// SAFETY: the range is mapped. Kernels before 5.14 refuse, and the pages come one by one.
        _ = Tmds.Linux.LibC.madvise((void*)Address, (Tmds.Linux.size_t)(ulong)Length, PopulateWrite);

    /// <exception cref="ArgumentOutOfRangeException">The part does not lie inside.</exception>
    public HostRange Slice(long offset, long length)
    {
        if ((ulong)offset > (ulong)Length || (ulong)length > (ulong)(Length - offset))
        {
            Refuse(offset, length);
        }

        return new HostRange(Address + (nint)offset, length);
    }

    /// <summary>What lies there, as one structure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie inside.</exception>
    public unsafe ref T At<T>(long offset)
        where T : unmanaged
    {
        if ((ulong)offset > (ulong)Length || sizeof(T) > Length - offset)
        {
            Refuse(offset, sizeof(T));
        }

        //// SAFETY: as of Span; it lies inside.
        return ref *(T*)(Address + (nint)offset);
    }

    private void Refuse(long offset, long length) =>
        throw new ArgumentOutOfRangeException(nameof(offset), $"{length} bytes at {offset} do not lie in {Length} bytes");
}
