namespace UniBench.Monitor.Rings;

/// <summary>A process as its pipes see it.</summary>
internal interface IRingHolder
{
    /// <summary>What it writes into a ring's lock while it holds it.</summary>
    int Pid { get; }

    /// <summary>Something changed that a waiter on this ring may wait for. Called with the ring's gate held.</summary>
    /// <param name="by">Who changed it; null where it is nobody's doing.</param>
    void RingChanged(Ring ring, IRingHolder? by);
}
