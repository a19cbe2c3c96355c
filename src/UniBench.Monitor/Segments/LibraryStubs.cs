namespace UniBench.Monitor.Segments;

/// <summary>Where a library's system call stubs lie: in its mapped memory, and in the address space of the library.</summary>
/// <param name="Offset">In the mapped memory, behind the file's bytes.</param>
/// <param name="FileOffsets">For every executable segment: where it lies in the file, and its address in the library.</param>
/// <param name="Address">Of the stubs, in the library's addresses.</param>
internal sealed record LibraryStubs(long Offset, long Bytes, ulong Address, IReadOnlyList<(long FileOffset, long Length, ulong Address)> FileOffsets)
{
    /// <summary>How far behind what is mapped from a file offset the stubs must be seen.</summary>
    /// <returns>Null if no code lies at that offset.</returns>
    public long? AwayFrom(long fileOffset)
    {
        foreach ((long start, long length, ulong address) in FileOffsets)
        {
            if (fileOffset >= start && fileOffset < start + length)
            {
                return (long)(Address - (address + (ulong)(fileOffset - start)));
            }
        }

        return null;
    }
}
