using UniBench.Host;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;

namespace UniBench.Tests.Machines;

/// <summary>A platform whose machines run nothing: for what of the monitor needs no guest.</summary>
/// <param name="most">Machines that it makes at once.</param>
internal sealed class FakePlatform(int most = 4) : IPlatform
{
    public LibosImage Libos { get; } = LibosImage.Load("kvm");

    public (int Count, string Limit) Most => (most, "a fake has: ask for less");

    public ulong ExtendedState => 3;

    public bool HasNestedPaging => false;

    public bool MemoryIsFiles => false;

    public IReadOnlyList<uint> Requests => [];

    /// <summary>All machines that were made.</summary>
    public List<FakeMachine> Made { get; } = [];

    /// <summary>The next machines cannot be made.</summary>
    public bool Refuses { get; set; }

    public IReadOnlyList<CpuidLeaf> Cpuid() => [];

    public HostMapping NewMemory(string name, long bytes) => HostMapping.Anonymous(bytes);

    public Machine Make(int index, SharedPages shared, ExtentArena extents)
    {
        if (Refuses)
        {
            throw new HostException("refused");
        }

        FakeMachine machine = new(extents, index);
        Made.Add(machine);
        return machine;
    }

    public double MeasureCrossingNs(int crossings) => 1;

    public void Dispose()
    {
    }
}
