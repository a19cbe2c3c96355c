using System.Security.Cryptography;
using System.Text;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.History;

namespace UniBench.Cli.Comparing;

/// <summary>A baseline that is kept for each machine, and what the gates of a night do with it.</summary>
/// <param name="Name">Of the baseline on this machine.</param>
/// <param name="Run">What to compare with; null where there is nothing comparable.</param>
/// <param name="Why">Why there is not; null where there is.</param>
/// <param name="MayReplace">The judged run may take its place if it keeps every gate: not when the machine itself was another that night, or the next night would be compared with that.</param>
internal sealed record NightlyBase(string Name, RunResults? Run, string? Why, bool MayReplace)
{
    /// <summary>What the same machine's CPUs do on one night and not on the next: no reason to forget the nights before.</summary>
    private static readonly string[] Passing = ["distance", "speed"];

    /// <summary>The baseline's name on that machine.</summary>
    public static string NameOn(RunEnvironment machine, string name) => $"{name}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(HistoryEntry.MachineOf(machine)))[..4])}";

    /// <param name="name">Without machine.</param>
    public static NightlyBase Of(string name, RunResults judged)
    {
        string own = NameOn(judged.Environment, name);
        if (!Baselines.Names.Contains(own))
        {
            return new NightlyBase(own, null, $"{own}: no run of this machine (CPU, cores, kernel, KVM) is kept", true);
        }

        RunResults kept = Baselines.Load(own);
        IReadOnlyList<(string Aspect, string Difference)> differences = Comparability.Differences(kept, judged);
        return differences.Count == 0
            ? new NightlyBase(own, kept, null, true)
            : new NightlyBase(own, null, $"{own}: {string.Join("; ", differences.Select(d => d.Difference))}", !differences.All(d => Passing.Contains(d.Aspect)));
    }
}
