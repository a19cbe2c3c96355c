namespace UniBench.Host;

/// <summary>The host refused; the message names the call, the errno and what to do.</summary>
public class HostException : Exception
{
    public HostException(string call, int errno, string? advice = null)
        : base($"{call}: {Errno.Name(errno)} ({Errno.Describe(errno)})" + (advice ?? Errno.Advice(errno)))
    {
        ErrorNumber = errno;
    }

    public HostException(string message)
        : base(message)
    {
    }

    /// <summary>errno of the failed call; 0 when no call failed but something is missing.</summary>
    public int ErrorNumber { get; }
}
