namespace UniBench.Monitor.Families;

/// <summary>The terminal that a family was started on: whose it is, and which process group is in the foreground. Guarded by the family's gate.</summary>
/// <remarks>The host's terminal stays unibench's own; the family's job control is played on top of it, because the host does not know the family's pids.</remarks>
internal sealed class Terminal(string name, int session)
{
    /// <summary>Path of the device, as ttyname(3) shows it.</summary>
    public string Name { get; } = name;

    /// <summary>The session that it controls; 0: none.</summary>
    public int Session { get; set; } = session;

    public int Foreground { get; set; } = session;
}
