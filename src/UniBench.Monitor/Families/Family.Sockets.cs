using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Families;

/// <summary>Sockets, which most families never ask for.</summary>
internal sealed partial class Family
{
    private SocketNamespace? sockets;

    /// <summary>Null as long as no process has asked for a socket.</summary>
    public SocketNamespace? UsedSockets => Volatile.Read(ref sockets);

    public SocketNamespace Sockets
    {
        get
        {
            lock (gate)
            {
                return sockets ??= new SocketNamespace(Host.Segments, Budget, holder => ((GuestProcess)holder).WakeUp(), ring => Pipes?.Remove(ring));
            }
        }
    }
}
