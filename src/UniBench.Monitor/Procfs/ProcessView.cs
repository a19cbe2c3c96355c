using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Procfs;

/// <summary>What /proc tells of a process, as it was at one instant.</summary>
internal sealed record ProcessView
{
    public required int Pid { get; init; }

    public required int Parent { get; init; }

    public required int Group { get; init; }

    public required int Session { get; init; }

    /// <summary>R, S, T or Z.</summary>
    public required char State { get; init; }

    /// <summary>What ps calls it, a char for each byte.</summary>
    public required string Name { get; init; }

    public required Credentials Credentials { get; init; }

    public Scheduling Scheduling { get; init; } = Scheduling.Ordinary;

    /// <summary>Null of a zombie, and of the process that adopts orphans, which is the monitor itself.</summary>
    public GuestProcess? Living { get; init; }

    /// <summary>Its control page; nothing where it is not living.</summary>
    public ControlPage Control { get; init; }

    public ProcessUsage Usage { get; init; }

    public ProcessUsage ChildrenUsage { get; init; }

    /// <summary>CLOCK_BOOTTIME of its start, ns.</summary>
    public long StartedNs { get; init; }

    public long Faults { get; init; }

    /// <summary>Times it slept, and times that it was made to stop.</summary>
    public (long Blocks, long Kicks) Switches { get; init; }

    /// <summary>Calls that read and that write, and the bytes of both.</summary>
    public (long Reads, long Writes) Calls { get; init; }

    public (long Read, long Written) Bytes { get; init; }

    public int ExitSignal { get; init; }

    /// <summary>Status word of a zombie.</summary>
    public int ExitWord { get; init; }

    public int Cpu { get; init; }

    /// <summary>Device number and foreground group of its controlling terminal.</summary>
    public (ulong Device, int Foreground) Terminal { get; init; } = (0, -1);

    /// <summary>The most bytes of its own that were there at once.</summary>
    public long MostResident { get; init; }

    public bool IsZombie => State == 'Z';
}
