using System.Globalization;
using UniBench.Measure.Statistics;

namespace UniBench.Measure;

/// <summary>
/// What a case is as a multiple of the reference on each machine of a merged run, and on machines of their kind: the machine is a random effect, so
/// each counts once, however many rounds it has, and the interval is over machines.
/// </summary>
/// <param name="Machines">By name.</param>
/// <param name="Pooled">Hodges-Lehmann over the machines' own ratios.</param>
public sealed record MachineEffect(CaseMetric Case, IReadOnlyList<(string Machine, RatioEstimate Ratio)> Machines, RatioEstimate Pooled)
{
    internal const string Code = "machines";

    /// <summary>The largest ratio of a machine by the smallest, less one.</summary>
    public double Spread => (Machines.Max(m => m.Ratio.Value) / Machines.Min(m => m.Ratio.Value)) - 1;

    /// <summary>Of every case that has a reference in its placement and was measured on several machines.</summary>
    public static IReadOnlyList<MachineEffect> Of(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        (string Machine, RunResults Part)[] parts =
        [
            .. results.Rounds.Where(r => r.Machine is not null).GroupBy(r => r.Machine!).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, results with { Rounds = [.. g] })),
        ];
        List<MachineEffect> effects = [];
        foreach (CaseMetric one in results.Cases.Where(c => parts.Length > 1 && c.Backend != results.Environment.Reference()))
        {
            if (RatioToReference.SamePlacement(results, one) is not { } reference)
            {
                continue;
            }

            (string, RatioEstimate Ratio)[] own = [.. parts.Select(p => (p.Machine, Ratio: RatioToReference.Of(p.Part, one, reference))).Where(p => p.Ratio is not null).Select(p => (p.Machine, p.Ratio!))];
            if (own.Length > 1)
            {
                effects.Add(new MachineEffect(one, own, RatioEstimate.Paired([.. own.Select(o => o.Ratio.Value)], [.. own.Select(_ => 1.0)], results.Verdicts.Confidence())));
            }
        }

        return effects;
    }

    /// <summary>What a reader of a run of several machines must know.</summary>
    public static IEnumerable<Finding> Findings(RunResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        string[] machines = [.. results.Rounds.Select(r => r.Machine).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (machines.Length < 2)
        {
            yield break;
        }

        string spread = Of(results).MaxBy(e => e.Spread) is { } widest
            ? string.Create(CultureInfo.InvariantCulture, $"; their ratios differ by up to {widest.Spread:0.#%} ({widest.Case.Id} {widest.Case.Metric})")
            : "; each case was measured on one of them";
        yield return new Finding(
            Severity.Info,
            Code,
            $"launches are of {machines.Length} machines: {LaunchFindings.Names(machines)}{spread}",
            "intervals of the tables are over rounds of all machines; those over machines are in machines.md");
    }
}
