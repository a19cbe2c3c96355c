using BenchmarkDotNet.Attributes;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Benchmarks;

/// <summary>The monitor's book of a pipe: what fork, close and the end of a process do for each pipe they hold.</summary>
public class RingBenchmarks
{
    private readonly Holder[] holders = [.. Enumerable.Range(1, 8).Select(pid => new Holder(pid))];
    private HostMapping memory = null!;
    private Ring ring = null!;

    [GlobalSetup]
    public void Make()
    {
        memory = HostMapping.Anonymous(GuestLayout.SegmentBytes);
        ring = new Ring(0, memory.Memory, id: 1);
    }

    [GlobalCleanup]
    public void Free() => memory.Dispose();

    /// <summary>Eight processes hold both ends, then let go.</summary>
    [Benchmark(OperationsPerInvoke = 8)]
    public void HoldAndRelease()
    {
        foreach (Holder holder in holders)
        {
            ring.Hold(holder, 3);
        }

        foreach (Holder holder in holders)
        {
            ring.Release(holder, 3);
        }
    }

    private sealed class Holder(int pid) : ISegmentHolder
    {
        public int Pid => pid;

        public bool HasLetGo(Ring ring, int side) => false;

        public void RingChanged(Ring ring, ISegmentHolder? by)
        {
        }
    }
}
