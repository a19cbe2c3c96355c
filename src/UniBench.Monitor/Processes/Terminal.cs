namespace UniBench.Monitor.Processes;

/// <summary>A terminal as job control sees it: whose it is, and which process group is in the foreground. Guarded by the family's gate.</summary>
/// <remarks>The line discipline is the host's, as is the device; the host does not know the family's pids, so sessions, groups and their signals are played here.</remarks>
/// <param name="name">Path of the device, as ttyname(3) shows it.</param>
/// <param name="device">Its device number.</param>
internal class Terminal(string name, ulong device)
{
    public string Name => name;

    public ulong Device => device;

    /// <summary>The session that it controls; 0: none.</summary>
    public int Session { get; set; }

    /// <summary>0: none.</summary>
    public int Foreground { get; set; }
}
