namespace UniBench.Host;

/// <summary>A set of host CPUs, 0 to 1023.</summary>
public sealed class CpuMask
{
    internal const int Words = 16;
    private static readonly CpuMask?[] Singles = new CpuMask?[Words * 64];
    private readonly ulong[] words = new ulong[Words];

    public CpuMask(IEnumerable<int> cpus)
    {
        foreach (int cpu in cpus)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cpu, (uint)(Words * 64));
            words[cpu / 64] |= 1UL << (cpu % 64);
        }
    }

    /// <summary>One CPU alone; made once, so that moving a thread allocates nothing.</summary>
    public static CpuMask Only(int cpu) => Singles[cpu] ??= new CpuMask([cpu]);

    internal CpuMask(ReadOnlySpan<ulong> from) => from.CopyTo(words);

    public int Count => words.Sum(w => System.Numerics.BitOperations.PopCount(w));

    public IEnumerable<int> Cpus => Enumerable.Range(0, Words * 64).Where(cpu => (words[cpu / 64] >> (cpu % 64) & 1) != 0);

    internal void CopyTo(Span<ulong> to) => words.CopyTo(to);
}
