using System.Diagnostics;
using System.Globalization;

namespace UniBench.Tests;

/// <summary>Every time limit of the tests: what is plenty on a quiet machine, stretched by how slow this one is now. A limit is there to end
/// what hangs; that a machine is busy or emulated must fail no test.</summary>
internal static class Patience
{
    /// <summary>What starting and ending a small process took where the limits were chosen.</summary>
    private const double UsualMilliseconds = 2;

    /// <summary>Beyond this a hang would cost more than waiting is worth.</summary>
    private const double Most = 20;

    private static readonly Lazy<double> Slowness = new(Measure);

    public static TimeSpan Seconds(double quiet) => TimeSpan.FromSeconds(quiet * Math.Clamp(Slowness.Value * Load(), 1, Most));

    /// <summary>Times longer than usual, by the median of a few processes: programs, kernel and memory have their share in that.</summary>
    private static double Measure()
    {
        double[] times = new double[7];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using Process process = Process.Start(new ProcessStartInfo("/bin/true"))!;
            process.WaitForExit();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return Math.Max(1, times[times.Length / 2] / UsualMilliseconds);
    }

    /// <summary>Processes that want to run for each CPU, at least 1: it changes, unlike the machine.</summary>
    private static double Load() =>
        Math.Max(1, double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) / Environment.ProcessorCount);
}
