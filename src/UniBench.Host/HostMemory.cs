namespace UniBench.Host;

/// <summary>A piece of a mapping: this process's memory, and the part of a file behind it if others are to see it. Owns nothing.</summary>
public readonly record struct HostMemory(HostMapping Mapping, long Offset, long Length)
{
    public HostRange Range => Mapping.Range.Slice(Offset, Length);

    /// <summary>Bytes of the file before the piece.</summary>
    public long FileOffset => Mapping.FileOffset(Offset);

    /// <exception cref="ArgumentOutOfRangeException">The part does not lie inside.</exception>
    public HostMemory Slice(long offset, long length)
    {
        _ = Range.Slice(offset, length);
        return new HostMemory(Mapping, Offset + offset, length);
    }
}
