using System.Diagnostics;

namespace UniBench.Kvm;

/// <summary>Measures what an exit from guest to monitor and back costs on this machine, with a VM that does nothing else.</summary>
public static class ExitProbe
{
    /// <returns>Median time of one KVM_RUN that ends with the next OUT of the guest, nanoseconds.</returns>
    /// <param name="rounds">How many exits are timed.</param>
    public static double MeasureNs(KvmDevice device, int rounds)
    {
        using ProbeVm probe = new(device, [0xe6, 0x5b, 0xeb, 0xfc]); // out 0x5b, al, for ever
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            probe.Run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
