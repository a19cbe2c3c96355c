using UniBench.Host;

namespace UniBench.Kvm;

/// <summary>A call of KVM's failed, or KVM lacks something. To most callers it is one more thing that the host refused.</summary>
public sealed class KvmException : HostException
{
    public KvmException(string call, int errno, string? advice = null)
        : base(call, errno, advice ?? Advice(errno))
    {
    }

    public KvmException(string message)
        : base(message)
    {
    }

    /// <returns>Null where the host's own advice holds.</returns>
    private static string? Advice(int errno) => errno is Errno.EMFILE ? ": too many open files: every VM needs three descriptors; raise `ulimit -n`" : null;
}
