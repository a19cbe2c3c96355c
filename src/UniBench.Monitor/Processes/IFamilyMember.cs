namespace UniBench.Monitor.Processes;

/// <summary>A process as what it waits for sees it: who it is, and how to wake it.</summary>
internal interface IFamilyMember
{
    int Pid { get; }

    /// <summary>It looks again at what it waits for; harmless if it does not sleep, or has ended.</summary>
    void WakeUp();
}
