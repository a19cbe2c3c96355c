using UniBench.Workloads;

namespace UniBench.Monitor;

/// <summary>The engine cannot do what was asked; the message says who, what, which number, and what to do.</summary>
public sealed class EngineException : LaunchException
{
    public EngineException(string message)
        : base(message)
    {
    }

    public EngineException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
