namespace UniBench.Monitor.Sockets;

/// <summary>Who made a connection, or listened: SO_PEERCRED.</summary>
internal readonly record struct PeerIdentity(int Pid, uint User, uint Group);
