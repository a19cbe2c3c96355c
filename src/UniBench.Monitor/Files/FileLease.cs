namespace UniBench.Monitor.Files;

/// <summary>A lease on a file: its holder is told before somebody opens the file in a way that conflicts, and has some time to agree.</summary>
internal sealed class FileLease(OpenFile file)
{
    public OpenFile File => file;

    /// <summary>Nobody else has the file open at all; else, nobody has it open for writing.</summary>
    public bool IsWrite { get; set; }

    /// <summary>What the holder was told to come down to; null: nothing.</summary>
    public LeaseKind? Wanted { get; set; }

    /// <summary>CLOCK_MONOTONIC ns after which it comes down by itself.</summary>
    public long Deadline { get; set; }

    public LeaseKind Kind => Wanted ?? (IsWrite ? LeaseKind.Write : LeaseKind.Read);
}
