namespace UniBench.Monitor.Families;

/// <summary>A process's place among the CPUs of its family. <see cref="CpuAssignment"/> alone changes it.</summary>
internal sealed class CpuSeat
{
    /// <summary>Position among the family's CPUs.</summary>
    public int At { get; set; }

    /// <summary>The host CPU that the process's thread is to run on.</summary>
    public int Cpu { get; set; }

    /// <summary>The process runs or wants to.</summary>
    public bool IsAwake { get; set; }

    /// <summary>Whose seat it is.</summary>
    public GuestProcess? Process { get; init; }
}
