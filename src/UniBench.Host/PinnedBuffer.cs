namespace UniBench.Host;

/// <summary>Memory of this process that stays where it is: for laying out what a guest will see.</summary>
public sealed unsafe class PinnedBuffer(int bytes)
{
    private readonly byte[] memory = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

    public int Length => memory.Length;

    /// <summary>The buffer, as if its first byte were at <paramref name="origin"/>: only offsets from there on may be used.</summary>
    public HostRange RangeFrom(long origin)
    {
        //// SAFETY: the array is pinned for its life, which the caller's reference to this object prolongs.
        fixed (byte* at = memory)
        {
            return new HostRange((nint)at - (nint)origin, origin + memory.Length);
        }
    }
}
