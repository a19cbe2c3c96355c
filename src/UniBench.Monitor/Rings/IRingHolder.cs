namespace UniBench.Monitor.Rings;

/// <summary>A process as its pipes see it.</summary>
internal interface IRingHolder
{
    /// <summary>What it writes into a ring's lock while it holds it.</summary>
    int Pid { get; }

    /// <summary>It has lowered the count of this side in the ring's header, and the book is yet to be told.</summary>
    bool HasLetGo(Ring ring, int side);

    /// <summary>Something changed that a waiter on this ring may wait for. Called with the ring's gate held.</summary>
    /// <param name="by">Who changed it; null where it is nobody's doing.</param>
    void RingChanged(Ring ring, IRingHolder? by);

    /// <summary>So many processes that slept on the ring itself were woken.</summary>
    void Roused(int sleepers)
    {
    }
}
