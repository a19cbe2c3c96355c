using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Measure.History;
using UniBench.Reports.Charts;
using UniBench.Reports.Html;
using UniBench.Reports.Languages;
using UniBench.Reports.Markdown;
using UniBench.Reports.Model;

namespace UniBench.Reports.Trends;

/// <summary>The trend page: what changed, newest first, then a chart for each case and metric.</summary>
public static class TrendPage
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes trend.md, trend.html and charts/trend-*.svg into a directory, which is made if missing.</summary>
    /// <returns>Path of trend.md.</returns>
    public static string Write(IReadOnlyList<HistorySeries> series, string directory)
    {
        ArgumentNullException.ThrowIfNull(series);
        ILookup<string, Chart> byMachine = series
            .GroupBy(s => (s.Machine, Subject: Subject(s), s.Metric))
            .Select((g, i) => (g.Key.Machine, Chart: (Chart)ChartOf(g.Key.Subject, [.. g], i)))
            .ToLookup(x => x.Machine, x => x.Chart);
        Chart[] charts = [.. byMachine.SelectMany(g => g)];
        string folder = Path.Combine(directory, ChartSet.Folder);
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.EnumerateFiles(folder, "trend-*.svg"))
        {
            File.Delete(old);
        }

        foreach (Chart chart in charts)
        {
            File.WriteAllText(Path.Combine(folder, chart.File), chart.Draw(), Utf8);
        }

        string markdown = Markdown(series, byMachine);
        string path = Path.Combine(directory, "trend.md");
        File.WriteAllText(path, markdown, Utf8);
        File.WriteAllText(Path.Combine(directory, "trend.html"), HtmlReport.Page("UniBench: trend", Language.English, markdown, charts), Utf8);
        return path;
    }

    /// <summary>A line for each series, for a terminal: runs, newest median, last confirmed step.</summary>
    public static string Summary(IReadOnlyList<HistorySeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var text = new StringBuilder();
        AlignedText.Append(text, [["case", "metric", "runs", "newest", "last step"], .. series.Select(s => new[]
        {
            s.Id, s.Metric, s.Points.Count.ToString(CultureInfo.InvariantCulture), Value(s, s.Points[^1].Summary.Median),
            s.Changes.Count == 0 ? "none" : Step(s, s.Changes[^1]),
        })], rightAligned: [2, 3]);
        return text.ToString();
    }

    /// <summary>A line for each series that is on another level, those that got worse first.</summary>
    public static string Lasting(IReadOnlyList<LastingStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var text = new StringBuilder();
        AlignedText.Append(
            text,
            [.. steps.OrderByDescending(s => s.Loss).Select(s => new[] { s.Loss > 0 ? "worse" : "better", s.Series.Id, s.Series.Metric, $"now {Figure.Of(Math.Max(s.Ratio, 1 / s.Ratio))}x {Word(s.Series, s.Ratio)}; first {Step(s.Series, s.Since)}" })],
            []);
        return text.ToString();
    }

    private static string Markdown(IReadOnlyList<HistorySeries> series, ILookup<string, Chart> charts)
    {
        var text = new StringBuilder("# UniBench: trend\n\n");
        DateTimeOffset[] runs = [.. series.SelectMany(s => s.Points).Select(p => p.Started).Distinct().Order()];
        text.Append(CultureInfo.InvariantCulture, $"{runs.Length} runs from {runs[0]:yyyy-MM-dd} to {runs[^1]:yyyy-MM-dd}. A step is a lasting change of level, three runs or more (E-divisive, Student's test).\n\n## Steps\n\n");
        var steps = series.SelectMany(s => s.Changes.Select(c => (Series: s, Change: c))).OrderByDescending(x => x.Series.Points[x.Change.Index].Started).ToArray();
        if (steps.Length == 0)
        {
            text.Append("None is confirmed.\n\n");
        }
        else
        {
            TextTable table = new(["since", "commit", "case", "metric", "change"]);
            foreach ((HistorySeries one, LevelChange change) in steps)
            {
                HistoryPoint point = one.Points[change.Index];
                table.Row([point.Started.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), point.Commit ?? "?", one.Id, one.Metric, Change(one, change)]);
            }

            text.Append(MarkdownTable.Render(table)).Append('\n');
        }

        foreach (IGrouping<string, Chart> machine in charts)
        {
            text.Append(CultureInfo.InvariantCulture, $"## On {MarkdownText.Escape(machine.Key)}\n\n");
            foreach (Chart chart in machine)
            {
                text.Append(CultureInfo.InvariantCulture, $"![{MarkdownText.Escape(chart.Caption)}]({ChartSet.Folder}/{chart.File})\n\n");
            }
        }

        return text.ToString().TrimEnd() + "\n";
    }

    private static TrendChart ChartOf(string subject, HistorySeries[] series, int number)
    {
        string title = $"{subject}: {series[0].Metric}";
        string slug = string.Create(CultureInfo.InvariantCulture, $"trend-{number + 1}-{Slugs.Of(title)}");
        return new TrendChart(slug, title, $"{title} run after run", series);
    }

    /// <summary>The case without backend and placement.</summary>
    private static string Subject(HistorySeries series) => string.Join('/', series.Id.Split('/')[..^2]);

    private static string Step(HistorySeries series, LevelChange change)
    {
        HistoryPoint point = series.Points[change.Index];
        return string.Create(CultureInfo.InvariantCulture, $"{Change(series, change)} since {point.Started:yyyy-MM-dd} {point.Commit}").TrimEnd();
    }

    private static string Change(HistorySeries series, LevelChange change)
    {
        double times = Math.Max(change.Ratio, 1 / change.Ratio);
        Interval ends = change.Ratio >= 1 ? new(change.Interval.Low, change.Interval.High) : new(1 / change.Interval.High, 1 / change.Interval.Low);
        return $"{Figure.Of(times)}x {Word(series, change.Ratio)} [{Figure.Of(ends.Low)}, {Figure.Of(ends.High)}]";
    }

    private static string Word(HistorySeries series, double ratio)
    {
        (string good, string bad) = RatioText.Words(series.Unit, Language.English);
        return ratio > 1 == (series.Better == Better.Lower) ? bad : good;
    }

    private static string Value(HistorySeries series, double value)
    {
        UnitScale scale = UnitScale.For(series.Unit, [value]);
        return $"{Figure.Of(value * scale.Factor)} {scale.Unit}";
    }

    private readonly record struct Interval(double Low, double High);
}
