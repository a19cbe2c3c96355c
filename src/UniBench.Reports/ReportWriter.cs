using System.Text;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Markdown;
using UniBench.Reports.Model;

namespace UniBench.Reports;

/// <summary>Writes a run's files. Everything but results.json can be made again from it.</summary>
public static class ReportWriter
{
    public const string MarkdownName = "report.md";
    public const string HtmlName = "report.html";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes results.json, report.md, report.html and charts/ into a directory, which is made if missing; charts of an earlier run there are removed.</summary>
    public static void WriteAll(RunResults results, string directory)
    {
        ArgumentNullException.ThrowIfNull(results);
        Directory.CreateDirectory(directory);
        ResultsFile.Save(results, Path.Combine(directory, ResultsFile.Name));

        IReadOnlyList<MetricTable> tables = MetricTable.Of(results);
        IReadOnlyList<Chart> distributions = DistributionSet.Of(results);
        Chart[] charts = [.. tables.SelectMany(ChartSet.Of), .. distributions];
        WriteCharts(charts, Path.Combine(directory, ChartSet.Folder));

        string markdown = MarkdownReport.Render(results, tables, distributions);
        File.WriteAllText(Path.Combine(directory, MarkdownName), markdown, Utf8);
        File.WriteAllText(Path.Combine(directory, HtmlName), HtmlReport.Render(results.Title, markdown, charts), Utf8);
    }

    private static void WriteCharts(Chart[] charts, string folder)
    {
        if (Directory.Exists(folder))
        {
            foreach (string old in Directory.EnumerateFiles(folder, "*.svg"))
            {
                File.Delete(old);
            }
        }

        if (charts.Length > 0)
        {
            Directory.CreateDirectory(folder);
        }

        foreach (Chart chart in charts)
        {
            File.WriteAllText(Path.Combine(folder, chart.File), chart.Svg, Utf8);
        }
    }
}
