namespace UniBench.Monitor.Families;

/// <summary>Which CPU each process of a family runs on: the one with the fewest, so that a parent and its child never wait for the same core while another is free.</summary>
/// <remarks>
/// Left to the scheduler, a woken child often lands behind its parent, which spins for it: a fork then takes 250 us instead of 50.
/// A process keeps its CPU for life. Not thread-safe; the family locks it.
/// </remarks>
internal sealed class CpuAssignment(IEnumerable<int> cpus)
{
    private readonly int[] cpus = [.. cpus];
    private readonly Dictionary<int, int> living = cpus.Distinct().ToDictionary(c => c, _ => 0);

    /// <param name="parent">CPU of the parent, avoided among equals; -1 for none.</param>
    public int Take(int parent)
    {
        int best = cpus.MinBy(c => (living[c] * 2) + (c == parent ? 1 : 0));
        living[best]++;
        return best;
    }

    public void Release(int cpu) => living[cpu]--;
}
