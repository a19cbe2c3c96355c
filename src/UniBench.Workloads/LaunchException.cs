namespace UniBench.Workloads;

/// <summary>A workload could not be started, or was refused; the message says who, what, which number, and what to do.</summary>
public class LaunchException : Exception
{
    public LaunchException(string message)
        : base(message)
    {
    }

    public LaunchException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
