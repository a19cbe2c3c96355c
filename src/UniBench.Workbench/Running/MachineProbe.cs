using System.Diagnostics;
using System.Runtime.CompilerServices;
using UniBench.Backends;
using UniBench.Host;
using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>Measures the machine's own speed, before each round: some milliseconds that belong to no case.</summary>
internal static class MachineProbe
{
    private const int Steps = 20_000;
    private const int Batches = 7;
    private const int Wakes = 100;

    /// <summary>Read by nobody: a chain whose result is not stored is no work, and the compiler knows it.</summary>
    private static ulong product;

    public static Yardstick Measure(int round)
    {
        (int, int)? cpus = CpuTopology.Current.Two is [int one, int other, ..] ? (one, other) : null;
        return new Yardstick(
            round,
            cpus is { } two ? CacheLineProbe.MeasureNs(two.Item1, two.Item2) : null,
            cpus is null ? null : WakeProbe.MeasureNs(Wakes, cpus),
            StepNs());
    }

    /// <summary>The fastest batch: a batch can be disturbed, it cannot be faster than the CPU. Compiled at its best from the first call on: the first rounds are measured, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double StepNs()
    {
        long best = long.MaxValue;
        ulong value = 1;
        for (int batch = 0; batch < Batches; batch++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Steps; i++)
            {
                value = (value * 6364136223846793005) + 1442695040888963407;
            }

            best = Math.Min(best, Stopwatch.GetTimestamp() - start);
        }

        Volatile.Write(ref product, value);
        return best * (1e9 / Stopwatch.Frequency) / Steps;
    }
}
