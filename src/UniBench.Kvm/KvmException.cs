namespace UniBench.Kvm;

/// <summary>A host or KVM call failed; the message names the call, the errno and what to do.</summary>
public sealed class KvmException : Exception
{
    public KvmException(string call, int errno, string? advice = null)
        : base($"{call}: {Errno.Name(errno)} ({Errno.Describe(errno)})" + (advice ?? Errno.Advice(errno)))
    {
        ErrorNumber = errno;
    }

    public KvmException(string message)
        : base(message)
    {
    }

    public KvmException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>errno of the failed call; 0 when no call failed but something is missing.</summary>
    public int ErrorNumber { get; }
}
