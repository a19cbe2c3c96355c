using System.Diagnostics;

namespace UniBench.Workbench.Running;

/// <summary>What the clock can tell apart: no time that a program measures with it is more exact. Both are measured, not looked up.</summary>
/// <param name="CostNs">One reading of CLOCK_MONOTONIC, mean.</param>
/// <param name="StepNs">Smallest difference between two readings in a row that is not zero.</param>
internal sealed record ClockFloor(double CostNs, double StepNs)
{
    private const int Readings = 20_000;

    public static ClockFloor Measure()
    {
        long start = Stopwatch.GetTimestamp(), last = start, step = long.MaxValue;
        for (int i = 0; i < Readings; i++)
        {
            long now = Stopwatch.GetTimestamp();
            step = now > last ? Math.Min(step, now - last) : step;
            last = now;
        }

        double nsPerTick = 1e9 / Stopwatch.Frequency;
        return new ClockFloor((last - start) * nsPerTick / Readings, step * nsPerTick);
    }
}
