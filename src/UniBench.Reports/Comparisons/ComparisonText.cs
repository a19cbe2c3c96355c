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
    private static readonly string[] OfRuns = ["case", "metric", ">before", ">now", ">difference", "now / before", "verdict"];
    private static readonly string[] OfBuilds = ["case", "metric", ">other build", ">now", ">difference", "now / other, paired", "verdict"];

    public static string Render(Comparison comparison, bool markdown)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        StringBuilder text = Table(OfRuns, comparison.Cases, comparison.Threshold, markdown);
        text.Append('\n').Append(Counts(comparison)).Append('\n');
        text.Append(comparison.Threshold.IsAutomatic ? Movement(comparison) : "").Append(Yardsticks(comparison));
        Note(text, "only in the earlier run", comparison.Missing, markdown);
        Note(text, "only in the later run", comparison.Added, markdown);
        return text.ToString();
    }

    /// <summary>Two builds that one run has measured, in the same form.</summary>
    /// <param name="builds">Of <see cref="BuildComparison"/>.</param>
    public static string RenderBuilds(IReadOnlyList<ComparedMetric> builds, bool markdown)
    {
        ArgumentNullException.ThrowIfNull(builds);
        return Table(OfBuilds, builds, new Threshold(0), markdown)
            .Append(CultureInfo.InvariantCulture, $"\n{builds.Count} compared in the same rounds, same within {Figure.Percent(BuildComparison.Same)}: {Outcomes(builds)}\n").ToString();
    }

    /// <summary>How a verdict is said of a metric of this unit.</summary>
    public static string Word(Outcome outcome, string unit) => outcome switch
    {
        Outcome.Better => RatioText.Words(unit, Language.English).Good,
        Outcome.Worse => RatioText.Words(unit, Language.English).Bad,
        Outcome.Same => "same",
        Outcome.Indistinct => "cannot be told apart",
        _ => "inconclusive",
    };

    private static StringBuilder Table(string[] header, IReadOnlyList<ComparedMetric> cases, Threshold threshold, bool markdown)
    {
        StringBuilder text = new();
        string[][] rows = [.. cases.Select(c => Row(c, threshold))];
        if (markdown)
        {
            TextTable table = new(header);
            rows.ToList().ForEach(table.Row);
            return text.Append(MarkdownTable.Render(table));
        }

        AlignedText.Append(text, [[.. header.Select(h => h.TrimStart('>'))], .. rows], rightAligned: [2, 3, 4]);
        return text;
    }

    private static string[] Row(ComparedMetric one, Threshold threshold)
    {
        UnitScale scale = UnitScale.For(one.After.Unit, new[] { one.Before, one.After }.Where(c => c.Summary is not null).Select(c => c.Summary!.Median));
        return
        [
            one.After.Id, one.After.Metric, Value(one.Before, scale), Value(one.After, scale),
            one.Verdict is null || one.Shift is not { } shift ? "" : Difference(shift, scale),
            one.Verdict?.Estimate is { } e ? $"{Ratio(e.Value)} [{Ratio(e.Interval.Low)}, {Ratio(e.Interval.High)}]" : "",
            one.Verdict?.Threshold > threshold.Least ? $"{VerdictOf(one)} (beyond {Figure.Percent(one.Verdict.Threshold)}, for the machine moved)" : VerdictOf(one),
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
            Outcome.Indistinct => $"{word} below {Figure.Percent(verdict.Within)}",
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
            $"{Of(Outcome.Better)} better, {Of(Outcome.Worse)} worse, {Of(Outcome.Same)} same, {(Of(Outcome.Indistinct) is var between and > 0 ? $"{between} cannot be told apart, " : "")}{Of(Outcome.Inconclusive)} inconclusive{(without > 0 ? $", {without} without a verdict" : "")}");
    }

    /// <summary>What yardsticks and unchanged cases say of the two hours.</summary>
    private static string Movement(Comparison comparison) => comparison.Calibration switch
    {
        { Moved: false } when comparison.YardsticksBefore is { StepNs: null } || comparison.YardsticksAfter is { StepNs: null } => "whether the machine moved is not known: a run without yardsticks\n",
        { Moved: false } => "the machine did not move: its yardsticks were the same in both runs\n",
        { Controls: < Calibration.FewestControls } few => string.Create(
            CultureInfo.InvariantCulture, $"the machine moved: its yardsticks differ; {few.Controls} metrics of what did not change are too few to learn from how far ({Calibration.FewestControls} are needed)\n"),
        var found => string.Create(
            CultureInfo.InvariantCulture,
            $"the machine moved: its yardsticks differ, and {found.Controls} metrics of what did not change lie {found.Factor:0.00} times as far apart as the rounds of one run explain{(found.Factor > 1 ? "; thresholds moved with it" : "")}\n"),
    };

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
        double[] told = [.. comparison.Cases.Select(c => c.Resolution).OfType<double>().Order()];
        return !comparison.Threshold.IsAutomatic || told.Length == 0 ? least
            : $"{least} (half of them can be told to {Figure.Percent(told[(told.Length - 1) / 2])} or less, nine of ten to {Figure.Percent(told[(int)Math.Ceiling(told.Length * 0.9) - 1])})";
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
