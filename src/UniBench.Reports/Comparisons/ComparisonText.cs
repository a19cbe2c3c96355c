using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Reports.Languages;
using UniBench.Reports.Markdown;
using UniBench.Reports.Model;

namespace UniBench.Reports.Comparisons;

/// <summary>A comparison of two runs as a table: for a terminal, or as Markdown.</summary>
public static class ComparisonText
{
    private static readonly string[] Header = ["case", "metric", ">before", ">now", "now / before", "verdict"];

    public static string Render(RunComparison comparison, bool markdown)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder();
        string[][] rows = [.. comparison.Cases.Select(Row)];
        if (markdown)
        {
            TextTable table = new(Header);
            rows.ToList().ForEach(table.Row);
            text.Append(MarkdownTable.Render(table));
        }
        else
        {
            AlignedText.Append(text, [[.. Header.Select(h => h.TrimStart('>'))], .. rows], rightAligned: [2, 3]);
        }

        text.Append('\n').Append(Counts(comparison)).Append('\n');
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

    private static string[] Row(ComparedCase one)
    {
        UnitScale scale = UnitScale.For(one.After.Unit, new[] { one.Before, one.After }.Where(c => c.Summary is not null).Select(c => c.Summary!.Median));
        return
        [
            one.After.Id, one.After.Metric, Value(one.Before, scale), Value(one.After, scale),
            one.Verdict is { } v ? $"{Ratio(v.Ratio)} [{Ratio(v.Interval.Low)}, {Ratio(v.Interval.High)}]" : "",
            VerdictOf(one),
        ];
    }

    private static string Value(CaseResult one, UnitScale scale) =>
        one.Summary is null ? one.Status : $"{Figure.Of(one.Summary.Median * scale.Factor)} {scale.Unit}";

    private static string VerdictOf(ComparedCase one)
    {
        if (one.Verdict is not { } verdict)
        {
            return one.HasBroken ? $"broken: {one.Reason}" : $"? {one.Reason}";
        }

        string word = Word(verdict.Outcome, one.After.Unit);
        return verdict.Outcome switch
        {
            Outcome.Inconclusive when !verdict.Interval.Reached => string.Create(CultureInfo.InvariantCulture, $"{word}: too few rounds, at least {verdict.MoreRounds} more"),
            Outcome.Inconclusive when verdict.MoreRounds is { } more => string.Create(CultureInfo.InvariantCulture, $"{word}: needs about {more} more rounds"),
            Outcome.Inconclusive => $"{word}: too near the threshold",
            Outcome.Same when verdict.IsClear => $"{word} (a difference, within the threshold)",
            _ => word,
        };
    }

    private static string Counts(RunComparison comparison)
    {
        int Of(Outcome outcome) => comparison.Cases.Count(c => c.Verdict?.Outcome == outcome);
        double threshold = comparison.Cases.FirstOrDefault(c => c.Verdict is not null)?.Verdict!.Threshold ?? 0;
        int without = comparison.Cases.Count(c => c.Verdict is null);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Cases.Count} compared, threshold {Figure.Percent(threshold)}: {Of(Outcome.Better)} better, {Of(Outcome.Worse)} worse, {Of(Outcome.Same)} same, {Of(Outcome.Inconclusive)} inconclusive{(without > 0 ? $", {without} without a verdict" : "")}");
    }

    private static void Note(StringBuilder text, string what, IReadOnlyList<CaseResult> cases, bool markdown)
    {
        foreach (CaseResult one in cases)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(markdown ? "- " : "")}{what}: {(markdown ? MarkdownText.Escape(one.Id) : one.Id)} {one.Metric}\n");
        }
    }

    private static string Ratio(double ratio) => ratio.ToString(ratio is > 0.5 and < 2 ? "0.000" : "0.###", CultureInfo.InvariantCulture);
}
