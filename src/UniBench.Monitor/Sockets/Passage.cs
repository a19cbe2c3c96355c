using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Sockets;

/// <summary>What a message carries beside its bytes. It holds what it carries until it is taken or lost.</summary>
/// <param name="from">Whose open files it carries.</param>
/// <param name="start">Which byte of the stream it begins with.</param>
/// <param name="sender">Null: nobody asked.</param>
internal sealed class Passage(OpenFiles from, ulong start, PassedFile[] files, PeerIdentity? sender) : ISegmentHolder
{
    public ulong Start => start;

    /// <summary>Behind its last byte.</summary>
    public ulong End { get; set; }

    public OpenFiles From => from;

    public PassedFile[] Files { get; set; } = files;

    public PeerIdentity? Sender => sender;

    int ISegmentHolder.Pid => -1;

    bool ISegmentHolder.HasLetGo(Ring ring, int side) => false;

    void ISegmentHolder.RingChanged(Ring ring, ISegmentHolder? by)
    {
    }
}
