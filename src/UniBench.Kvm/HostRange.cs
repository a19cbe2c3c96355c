namespace UniBench.Kvm;

/// <summary>A piece of this process's memory: where it starts and how many bytes it has. Owns nothing.</summary>
public readonly record struct HostRange(nint Address, long Length)
{
    /// <summary>The bytes as a span; at most 2 GB.</summary>
    public unsafe Span<byte> Span =>
        //// SAFETY: a range is only made by its owner, over memory that is mapped as long as the range is in use.
        new((void*)Address, checked((int)Length));

    /// <exception cref="ArgumentOutOfRangeException">The part does not lie inside.</exception>
    public HostRange Slice(long offset, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length - offset);
        return new HostRange(Address + (nint)offset, length);
    }
}
