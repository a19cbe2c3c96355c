namespace UniBench.Monitor.Sockets;

/// <summary>What has become of a socket.</summary>
internal enum SocketState
{
    Fresh,
    Listening,
    Connected,
    Closed,
}
