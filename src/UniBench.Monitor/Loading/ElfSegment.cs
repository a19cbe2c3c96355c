namespace UniBench.Monitor.Loading;

/// <summary>A PT_LOAD segment. Memory behind <paramref name="FileBytes"/> up to <paramref name="MemorySize"/> is zero.</summary>
/// <param name="VirtualAddress">In the file's own addresses.</param>
internal sealed record ElfSegment(ulong VirtualAddress, ulong MemorySize, ReadOnlyMemory<byte> FileBytes, uint Flags)
{
    /// <summary>Of the first byte of <see cref="FileBytes"/>.</summary>
    public long FileOffset { get; init; }

    public bool IsReadable => (Flags & 4) != 0;

    public bool IsWritable => (Flags & 2) != 0;

    public bool IsExecutable => (Flags & 1) != 0;

    public bool Contains(ulong address) => address >= VirtualAddress && address - VirtualAddress < MemorySize;
}
