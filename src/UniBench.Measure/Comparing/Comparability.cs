using UniBench.Workloads;

namespace UniBench.Measure.Comparing;

/// <summary>Why the numbers of two runs may differ although nothing that is judged has changed.</summary>
public static class Comparability
{
    /// <summary>What two runs must have in common, by name.</summary>
    public static IReadOnlyList<string> Aspects { get; } = ["cpu", "cores", "memory", "kernel", "kvm", "governor", "clock", "backend", "program", "scenario", "arguments", "distance", "speed"];

    /// <returns>An aspect and a sentence about it for each difference.</returns>
    public static IReadOnlyList<(string Aspect, string Difference)> Differences(RunResults before, RunResults after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        RunEnvironment a = before.Environment;
        RunEnvironment b = after.Environment;
        List<(string, string)> found = [];
        Check("cpu", a.Cpu, b.Cpu);
        Check("cores", $"{a.Cores}, SMT {a.Smt}", $"{b.Cores}, SMT {b.Smt}");
        if (Math.Abs(a.MemoryBytes - b.MemoryBytes) > Math.Max(a.MemoryBytes, b.MemoryBytes) / 50)
        {
            Check("memory", $"{a.MemoryBytes >> 20} MiB", $"{b.MemoryBytes >> 20} MiB");
        }

        Check("kernel", a.Kernel, b.Kernel);
        Check("kvm", a.Kvm, b.Kvm);
        Check("governor", a.Governor, b.Governor);
        Check("clock", a.ClockSource, b.ClockSource);

        // The version of our own engine is what is judged; the container runtime's is not.
        foreach (string backend in a.Backends.Keys.Intersect(b.Backends.Keys).Where(k => !b.TraitsOf(k).IsEngine || OtherBuild.BaseOf(k) is not null))
        {
            Check("backend", $"{backend} {a.Backends[backend]}", $"{backend} {b.Backends[backend]}");
        }

        foreach (string program in a.BinaryHashes.Keys.Intersect(b.BinaryHashes.Keys))
        {
            Check("program", $"{program} {Short(a.BinaryHashes[program])}", $"{program} {Short(b.BinaryHashes[program])}");
        }

        Check("scenario", $"{Path.GetFileName(before.Scenario.Path)} {Short(before.Scenario.Sha256)}", $"{Path.GetFileName(after.Scenario.Path)} {Short(after.Scenario.Sha256)}");
        Check("arguments", Shown(before.Scenario.Args), Shown(after.Scenario.Args));
        found.AddRange(YardstickMedians.Differences(before, after));
        return found;

        void Check(string aspect, string x, string y)
        {
            if (x != y)
            {
                found.Add((aspect, $"{aspect}: {x} before, {y} now"));
            }
        }
    }

    private static string Shown(IReadOnlyList<string> arguments) => arguments.Count == 0 ? "none" : string.Join(' ', arguments);

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
