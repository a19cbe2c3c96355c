using UniBench.Kvm;

namespace UniBench.Monitor.Families;

/// <summary>The host descriptors of a first process and all its descendants. Their O_NONBLOCK is kept here: the caller's descriptors stay as they are.</summary>
internal sealed class HostDescriptors(IReadOnlyList<int> descriptors)
{
    public static readonly HostDescriptors None = new([]);
    private readonly int[] descriptors = [.. descriptors];
    private readonly bool[] pipes = [.. descriptors.Select(HostIo.IsPipe)];
    private readonly bool[] nonBlocking = new bool[descriptors.Count];

    public bool TryGet(ulong handle, out int descriptor)
    {
        descriptor = handle < (ulong)descriptors.Length ? descriptors[handle] : -1;
        return descriptor >= 0;
    }

    /// <summary>A write to it may block although poll said it is ready, if it is longer than PIPE_BUF.</summary>
    public bool IsPipe(ulong handle) => pipes[handle];

    public bool IsNonBlocking(ulong handle) => nonBlocking[handle];

    public void SetNonBlocking(ulong handle, bool value) => nonBlocking[handle] = value;
}
