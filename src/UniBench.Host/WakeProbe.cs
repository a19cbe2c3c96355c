using System.Diagnostics;

namespace UniBench.Host;

/// <summary>Measures what it costs until a thread that sleeps runs again after it was woken.</summary>
public static class WakeProbe
{
    private const int StackBytes = 128 << 10;

    /// <param name="rounds">How many round trips between two threads are timed.</param>
    /// <param name="cpus">Where the two threads are to run, and stay; null leaves it to the scheduler.</param>
    /// <returns>Half of the median round trip, nanoseconds.</returns>
    public static double MeasureNs(int rounds, (int Asking, int Answering)? cpus = null)
    {
        using Parker here = new(), there = new();
        using CpuPin pin = new(cpus?.Asking);
        Thread answering = new(() => Answer(here, there, rounds, cpus?.Answering), StackBytes) { IsBackground = true, Name = "wake probe" };
        answering.Start();
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            there.Wake();
            here.Park(0, 0);
            times[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }

        answering.Join();
        Array.Sort(times);
        return times[rounds / 2] / 2;
    }

    private static void Answer(Parker asking, Parker own, int rounds, int? cpu)
    {
        using CpuPin pin = new(cpu);
        for (int i = 0; i < rounds; i++)
        {
            own.Park(0, 0);
            asking.Wake();
        }
    }
}
