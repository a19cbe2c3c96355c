using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>Where machines come from: KVM, or locked-in processes of the host.</summary>
internal interface IPlatform : IDisposable
{
    /// <summary>The library OS that its machines run; complete before the first machine is made.</summary>
    LibosImage Libos { get; }

    /// <summary>Machines that can be alive at once, and what limits them.</summary>
    (int Count, string Limit) Most { get; }

    /// <summary>XSAVE components of the CPU that guests may use.</summary>
    ulong ExtendedState { get; }

    /// <summary>What `cpuid` answers in its machines.</summary>
    IReadOnlyList<CpuidLeaf> Cpuid();

    /// <summary>Zeroed memory that machines can be shown.</summary>
    HostMapping NewMemory(string name, long bytes);

    /// <summary>The CPU itself walks the guests' page tables, and remembers what it saw until it is told.</summary>
    bool HasNestedPaging { get; }

    /// <summary>Memory to be shown to machines is a file that they map themselves.</summary>
    bool MemoryIsFiles { get; }

    /// <summary>ioctl(2) requests that threads of its machines make, the most frequent first.</summary>
    IReadOnlyList<uint> Requests { get; }

    /// <summary>A machine that nothing ran on.</summary>
    /// <param name="index">Less than <see cref="Most"/>; no other machine that is alive has it.</param>
    /// <exception cref="HostException">The host refuses.</exception>
    Machine Make(int index, SharedPages shared, ExtentArena extents);

    /// <summary>What it costs a guest to call the monitor and get an answer, in nanoseconds, measured now.</summary>
    double MeasureCrossingNs(int crossings);
}
