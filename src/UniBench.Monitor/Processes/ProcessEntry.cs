using UniBench.Workloads;

namespace UniBench.Monitor.Processes;

/// <summary>What a process is doing, as wait(2) sees it.</summary>
internal enum ProcessState
{
    Running,
    Stopped,
    Zombie,
}

/// <summary>CPU time and memory of a process or of its reaped descendants, as wait4(2) reports them.</summary>
internal readonly record struct ProcessUsage(long UserUs, long SystemUs, long MaxRssKb)
{
    public ProcessUsage Plus(ProcessUsage other) =>
        new(UserUs + other.UserUs, SystemUs + other.SystemUs, Math.Max(MaxRssKb, other.MaxRssKb));
}

/// <summary>One row of the process table. Plain data; only <see cref="ProcessTable"/> changes it.</summary>
internal sealed class ProcessEntry
{
    public required int Pid { get; init; }

    /// <summary>Pid of the parent; <see cref="ProcessTable.InitPid"/> for orphans and first processes.</summary>
    public int Parent { get; set; }

    /// <summary>Process group. Never 0.</summary>
    public int Group { get; set; }

    /// <summary>Session. Never 0.</summary>
    public int Session { get; set; }

    /// <summary>The terminal that controls it; null: none.</summary>
    public Terminal? Terminal { get; set; }

    /// <summary>Of a session leader whose terminal was hung up: the group that was in the foreground; 0: none.</summary>
    public int LostForeground { get; set; }

    public ProcessState State { get; set; }

    /// <summary>Who it is. Only its own thread changes it; read at any time.</summary>
    public Credentials Credentials { get; set; } = Credentials.OfHost;

    /// <summary>Nice value and policy. Guarded by the family.</summary>
    public Scheduling Scheduling { get; set; } = Scheduling.Ordinary;

    /// <summary>Valid once a zombie.</summary>
    public ExitStatus Status { get; set; }

    /// <summary>The signal that ended it left a core, as far as its limit says.</summary>
    public bool DumpedCore { get; set; }

    /// <summary>CLD_EXITED, CLD_KILLED or CLD_DUMPED, of a zombie.</summary>
    public int EndCode => Status.Signal == 0 ? 1 : DumpedCore ? 3 : 2;

    /// <summary>The signal of the last stop.</summary>
    public int StopSignal { get; set; }

    /// <summary>A stop, or a continuation, that no wait has reported yet.</summary>
    public bool StopUnreported { get; set; }

    public bool ContinueUnreported { get; set; }

    /// <summary>What its parent gets when it ends; 0: nothing.</summary>
    public int ExitSignal { get; set; } = 17;

    /// <summary>It has replaced its program; setpgid of a child is then too late.</summary>
    public bool HasExecuted { get; set; }

    /// <summary>Of the process itself, once a zombie.</summary>
    public ProcessUsage Usage { get; set; }

    /// <summary>Of its children that it has waited for, and of theirs.</summary>
    public ProcessUsage ChildrenUsage { get; set; }

    /// <summary>What ps calls it, once a zombie; a char for each byte.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>CLOCK_BOOTTIME of its start, ns.</summary>
    public long StartedNs { get; set; }

    /// <summary>What coredump_filter may name.</summary>
    public const uint CoreFilterBits = 0x1ff;

    /// <summary>What a core of it would hold, as Linux counts: private and shared anonymous memory, ELF headers, private huge pages.</summary>
    public uint CoreFilter { get; set; } = 0x33;

    /// <summary>How readily it is killed when memory is short, as it was told; nobody does that here. Then the least that it may go down to without a right to.</summary>
    public int OomAdjust { get; set; }

    public int OomAdjustLeast { get; set; }

    public List<ProcessEntry> Children { get; } = [];

    /// <summary>How many of them have ended and were not waited for.</summary>
    public int Zombies { get; set; }
}
