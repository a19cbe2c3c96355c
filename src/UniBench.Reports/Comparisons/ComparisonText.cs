using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;
using UniBench.Reports.Markdown;
using UniBench.Reports.Model;

namespace UniBench.Reports.Comparisons;

/// <summary>A comparison of two runs as a table: for a terminal, or as Markdown.</summary>
public static class ComparisonText
{
    private static readonly string[] Header = ["case", "metric", ">before", ">now", ">difference", "now / before", "verdict"];

    public static string Render(Comparison comparison, bool markdown)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder();
        string[][] rows = [.. comparison.Cases.Select(c => Row(c, comparison.Threshold))];
        if (markdown)
        {
            TextTable table = new(Header);
            rows.ToList().ForEach(table.Row);
            text.Append(MarkdownTable.Render(table));
        }
        else
        {
            AlignedText.Append(text, [[.. Header.Select(h => h.TrimStart('>'))], .. rows], rightAligned: [2, 3, 4]);
        }

        text.Append('\n').Append(Counts(comparison)).Append('\n');
        text.Append(comparison.Threshold.IsAutomatic ? Movement(comparison.Calibration) : "").Append(Yardsticks(comparison));
        Note(text, "only in the earlier run", comparison.Missing, markdown);
        Note(text, "only in the later run", comparison.Added, markdown);
        return text.ToString();
    }

    /// <summary>How a verdict is said of a metric of this unit.</summary>
    public static string Word(Outcome outcome, string unit) => outcome switch
    {
        Outcome.Better => RatioText.Words(unit, Language.English).Good,
        Outcome.Worse => RatioText.Words(unit, Language.English).Bad,
        Outcome.Same => "same",
        _ => "inconclusive",
    };

    private static string[] Row(ComparedMetric one, Threshold threshold)
    {
        UnitScale scale = UnitScale.For(one.After.Unit, new[] { one.Before, one.After }.Where(c => c.Summary is not null).Select(c => c.Summary!.Median));
        return
        [
            one.After.Id, one.After.Metric, Value(one.Before, scale), Value(one.After, scale),
            one.Verdict is null || one.Shift is not { } shift ? "" : Difference(shift, scale),
            one.Verdict?.Estimate is { } e ? $"{Ratio(e.Value)} [{Ratio(e.Interval.Low)}, {Ratio(e.Interval.High)}]" : "",
            one.Verdict?.Threshold > threshold.Least ? $"{VerdictOf(one)} ({Figure.Percent(one.Verdict.Threshold)} can be told)" : VerdictOf(one),
        ];
    }

    private static string Difference((double Estimate, Interval Interval) shift, UnitScale scale) =>
        string.Create(CultureInfo.InvariantCulture, $"{(shift.Estimate > 0 ? "+" : "")}{Figure.Of(shift.Estimate * scale.Factor)} [{Figure.Of(shift.Interval.Low * scale.Factor)}, {Figure.Of(shift.Interval.High * scale.Factor)}]");

    private static string Value(CaseMetric one, UnitScale scale) =>
        one.Summary is null ? one.Status : $"{Figure.Of(one.Summary.Median * scale.Factor)} {scale.Unit}";

    private static string VerdictOf(ComparedMetric one)
    {
        if (one.Verdict is not { } verdict)
        {
            return one.HasBroken ? $"broken: {one.Reason}" : $"? {one.Reason}";
        }

        string word = Word(verdict.Outcome, one.After.Unit);
        return verdict.Outcome switch
        {
            Outcome.Inconclusive when !verdict.Estimate.Interval.Reached => string.Create(CultureInfo.InvariantCulture, $"{word}: too few rounds, at least {verdict.MoreRounds} more"),
            Outcome.Inconclusive => $"{word}: {RatioText.Needed(verdict.MoreRounds, Language.English)}",
            Outcome.Same => $"{word}: within {Figure.Percent(verdict.Within)}{(verdict.Estimate.IsClear ? ", a difference" : "")}",
            _ => word,
        };
    }

    private static string Counts(Comparison comparison)
    {
        ILookup<bool, ComparedMetric> judged = comparison.Cases.ToLookup(c => c.IsJudged);
        string all = string.Create(CultureInfo.InvariantCulture, $"{comparison.Cases.Count} compared, {Thresholds(comparison)}: {Outcomes(comparison.Cases)}");
        return judged.Count < 2 ? all
            : $"{all}\njudged ({Names(judged[true])}): {Outcomes([.. judged[true]])}\nunchanged in both runs ({Names(judged[false])}): {Outcomes([.. judged[false]])}";

        static string Names(IEnumerable<ComparedMetric> cases) => string.Join(", ", cases.Select(c => c.After.Backend).Distinct());
    }

    private static string Outcomes(IReadOnlyList<ComparedMetric> cases)
    {
        int Of(Outcome outcome) => cases.Count(c => c.Verdict?.Outcome == outcome);
        int without = cases.Count(c => c.Verdict is null);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Of(Outcome.Better)} better, {Of(Outcome.Worse)} worse, {Of(Outcome.Same)} same, {Of(Outcome.Inconclusive)} inconclusive{(without > 0 ? $", {without} without a verdict" : "")}");
    }

    /// <summary>What the unchanged cases say of the two hours.</summary>
    private static string Movement(Calibration calibration) => calibration.Controls < Calibration.FewestControls
        ? string.Create(CultureInfo.InvariantCulture, $"{calibration.Controls} metrics of what did not change: too few to learn from how far apart these two runs lie in any case ({Calibration.FewestControls} are needed)\n")
        : string.Create(CultureInfo.InvariantCulture, $"{calibration.Controls} metrics of what did not change lie {calibration.Factor:0.00} times as far apart as the rounds of one run explain{(calibration.Factor > 1 ? ": the machine moved, and thresholds with it" : "")}\n");

    /// <summary>What the machine itself did in both runs: a reader sees that it was the same one, or how far it was not.</summary>
    private static string Yardsticks(Comparison comparison)
    {
        (YardstickMedians before, YardstickMedians after) = (comparison.YardsticksBefore, comparison.YardsticksAfter);
        string[] told =
        [
            .. Told("a multiplication", before.StepNs, after.StepNs, "ns", 1),
            .. Told("a cache line from CPU to CPU and back", before.CacheLineNs, after.CacheLineNs, "ns", 1),
            .. Told("waking a thread on another CPU", before.WakeUpNs, after.WakeUpNs, "µs", 1e-3),
        ];
        return told.Length == 0 ? "" : $"the machine itself: {string.Join("; ", told)}\n";

        static string[] Told(string what, double? before, double? after, string unit, double scale) =>
            before is { } a && after is { } b ? [$"{what} {Figure.Of(a * scale)} {unit} before, {Figure.Of(b * scale)} {unit} now"] : [];
    }

    private static string Thresholds(Comparison comparison)
    {
        string least = $"threshold {Figure.Percent(comparison.Threshold.Least)}";
        double[] used = [.. comparison.Cases.Select(c => c.Verdict?.Threshold).OfType<double>().Order()];
        return !comparison.Threshold.IsAutomatic || used.Length == 0 ? least
            : $"{least} or what can be told (half of them {Figure.Percent(used[(used.Length - 1) / 2])} or less, nine of ten {Figure.Percent(used[(int)Math.Ceiling(used.Length * 0.9) - 1])})";
    }

    private static void Note(StringBuilder text, string what, IReadOnlyList<CaseMetric> cases, bool markdown)
    {
        foreach (CaseMetric one in cases)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(markdown ? "- " : "")}{what}: {(markdown ? MarkdownText.Escape(one.Id) : one.Id)} {one.Metric}\n");
        }
    }

    private static string Ratio(double ratio) => ratio.ToString(ratio is > 0.5 and < 2 ? "0.000" : "0.###", CultureInfo.InvariantCulture);
}
