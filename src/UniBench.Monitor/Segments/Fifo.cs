using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Segments;

/// <summary>A FIFO that is open: its ring, and how often each side was opened, which is what opening the other side waits for.</summary>
/// <remarks>Guarded by the family's gate. It lasts until the last process closes it; the bytes in it go with it, as POSIX says.</remarks>
internal sealed class Fifo(ulong device, ulong inode, Ring ring)
{
    private readonly int[] opened = new int[2];

    public (ulong Device, ulong Inode) Key { get; } = (device, inode);

    public Ring Ring { get; } = ring;

    /// <summary>Processes that sleep in open(2).</summary>
    public List<ISegmentHolder> Opening { get; } = [];

    /// <summary>How often that side was opened so far.</summary>
    public int Opened(int side) => opened[side];

    public void Open(int side)
    {
        opened[side]++;
        if (side == Ring.Writer)
        {
            Ring.WriterOpened();
        }
    }

    /// <summary>For a reader's descriptor that is opened now: 0 if somebody can write, else what says later whether anybody could since.</summary>
    public uint WithoutWriter => Ring.HasSide(Ring.Writer) ? 0 : (uint)(opened[Ring.Writer] % GuestLayout.OpenSinceMask) + 1;
}
