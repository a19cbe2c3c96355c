using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Families;

/// <summary>A FIFO that a process has just opened.</summary>
/// <param name="Slot">Where the process sees its ring.</param>
/// <param name="OtherSide">The side that open(2) waits for.</param>
/// <param name="OthersBefore">How often that side had been opened when the process came, or <see cref="IsThere"/>.</param>
/// <param name="WithoutWriter">As <see cref="Fifo.WithoutWriter"/> was then.</param>
internal readonly record struct OpenedFifo(Fifo Fifo, int Slot, int OtherSide, int OthersBefore, uint WithoutWriter)
{
    /// <summary>Somebody held the other side: nothing to wait for, even if he is gone by now.</summary>
    public const int IsThere = -1;
}
