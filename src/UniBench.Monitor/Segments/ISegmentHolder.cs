namespace UniBench.Monitor.Segments;

/// <summary>Who holds segments: a process, or a System V segment, which keeps its memory while no process has it attached.</summary>
internal interface ISegmentHolder
{
    /// <summary>What it writes into a ring's lock while it holds it.</summary>
    int Pid { get; }

    /// <summary>It has lowered the count of this side in the ring's header, and the book is yet to be told.</summary>
    bool HasLetGo(Ring ring, int side);

    /// <summary>Something changed that a waiter on this ring may wait for. Called with the ring's gate held.</summary>
    /// <param name="by">Who changed it; null where it is nobody's doing.</param>
    void RingChanged(Ring ring, ISegmentHolder? by);

    /// <summary>So many processes that slept on the ring itself were woken.</summary>
    void CountWoken(int sleepers)
    {
    }
}
