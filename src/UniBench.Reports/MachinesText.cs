using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Measure.Statistics;

namespace UniBench.Reports;

/// <summary>A merged run machine by machine, and what follows for machines of their kind.</summary>
public static class MachinesText
{
    /// <returns>Markdown; null where no case was measured on several machines.</returns>
    public static string? Of(RunResults results)
    {
        IReadOnlyList<MachineEffect> effects = MachineEffect.Of(results);
        if (effects.Count == 0)
        {
            return null;
        }

        string reference = results.Environment.Reference();
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {results.Title}: machine by machine\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Values as multiples of the {reference}'s in the same placement, paired by round. The machine is a random effect: those that measured stand for all of their kind, each counts once, ");
        text.Append("however many rounds it has, and the interval of `all` is over machines. It says where another machine of this kind is to be expected in the middle, not where its next round is.\n");
        foreach (MachineEffect effect in effects)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {effect.Case.Id}, {effect.Case.Metric}\n\n| machine | rounds | {effect.Case.Metric} / {reference} | interval |\n| --- | ---: | ---: | --- |\n");
            foreach ((string machine, RatioEstimate ratio) in effect.Machines)
            {
                text.Append(Row(machine, ratio, FormattableString.Invariant($"{ratio.N}"), "rounds"));
            }

            text.Append(Row("all", effect.Pooled, FormattableString.Invariant($"{effect.Machines.Count} machines"), "machines"));
            text.Append(CultureInfo.InvariantCulture, $"\nThe machines' own ratios differ by {effect.Spread * 100:0.#} %.\n");
        }

        return text.ToString();
    }

    private static string Row(string name, RatioEstimate ratio, string count, string of) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {count} | {ratio.Value:0.000} | {(ratio.Interval.Reached ? $"{ratio.Interval.Low:0.000} to {ratio.Interval.High:0.000}" : $"{ratio.Interval.Low:0.000} to {ratio.Interval.High:0.000}, {ratio.Interval.Coverage:0.#%} sure only: {ratio.LeastRounds} {of} are needed")} |\n");
}
