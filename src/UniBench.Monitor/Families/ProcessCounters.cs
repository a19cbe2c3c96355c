using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Families;

/// <summary>What one process made the monitor do. Written by its own thread only.</summary>
internal sealed class ProcessCounters
{
    public static readonly int ExitKinds = Enum.GetValues<Machines.MachineExit>().Length;

    /// <summary>By KVM exit reason; 31 is a failed KVM_RUN.</summary>
    public long[] Exits { get; } = new long[ExitKinds];

    /// <summary>By number.</summary>
    public long[] Hypercalls { get; } = new long[(int)Hypercall.Count];

    /// <summary>How long the monitor took for them, sleeping included, in ticks of Stopwatch; 0 unless <see cref="FamilySpec.KeepProcesses"/>.</summary>
    public long[] Served { get; } = new long[(int)Hypercall.Count];

    /// <summary>Times the process was put to sleep by the monitor.</summary>
    public long Blocks { get; set; }

    /// <summary>Times the monitor interrupted the running program.</summary>
    public long Kicks { get; set; }

    /// <summary>What KVM counted for its vCPU, by KVM's names; empty unless <see cref="FamilySpec.KeepProcesses"/>.</summary>
    public IReadOnlyDictionary<string, long> Kvm { get; set; } = new Dictionary<string, long>();
}
