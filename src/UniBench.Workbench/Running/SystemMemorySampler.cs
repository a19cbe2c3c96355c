using System.Globalization;

namespace UniBench.Workbench.Running;

/// <summary>Watches how much of the machine's memory a launch takes: the drop of MemAvailable, kernel memory included, the same way for every backend.</summary>
internal sealed class SystemMemorySampler : IDisposable
{
    private const int PeriodMs = 10;
    private readonly Thread thread;
    private readonly long before;
    private long lowest;
    private volatile bool stopping;

    public SystemMemorySampler()
    {
        before = lowest = Available();
        thread = new Thread(Watch) { IsBackground = true, Name = "memory sampler" };
        thread.Start();
    }

    /// <summary>Ends the watch.</summary>
    /// <returns>Bytes that were less available at the worst instant than at the start.</returns>
    public long Finish()
    {
        stopping = true;
        thread.Join();
        return Math.Max(0, before - lowest);
    }

    public void Dispose() => stopping = true;

    private static long Available()
    {
        foreach (string line in File.ReadLines("/proc/meminfo"))
        {
            if (line.StartsWith("MemAvailable:", StringComparison.Ordinal))
            {
                return long.Parse(line.AsSpan(13).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
            }
        }

        return 0;
    }

    private void Watch()
    {
        while (!stopping)
        {
            lowest = Math.Min(lowest, Available());
            Thread.Sleep(PeriodMs);
        }

        lowest = Math.Min(lowest, Available());
    }
}
