namespace UniBench.Monitor.Rings;

/// <summary>A process as its pipes see it.</summary>
internal interface IRingHolder
{
    /// <summary>Something changed that a waiter on this ring may wait for. Called with the ring's gate held.</summary>
    void RingChanged(Ring ring);
}
