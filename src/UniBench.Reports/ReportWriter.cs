using System.Text;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Csv;
using UniBench.Reports.Html;
using UniBench.Reports.JUnit;
using UniBench.Reports.Json;
using UniBench.Reports.Languages;
using UniBench.Reports.Latex;
using UniBench.Reports.Markdown;
using UniBench.Reports.Model;

namespace UniBench.Reports;

/// <summary>Renders runs, always from what results.json holds, and writes the files.</summary>
public static class ReportWriter
{
    public const string MarkdownName = MarkdownReport.FileName;
    public const string HtmlName = HtmlReport.FileName;

    /// <summary>How many runs a report for readers shows side by side.</summary>
    public static int MostRuns => SeriesStyle.MostRuns;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>What a run writes unless it is told otherwise.</summary>
    public static IReadOnlyList<ReportFormat> Usual { get; } = [ReportFormat.Md, ReportFormat.Html];

    /// <summary>Writes a report into a directory, which is made if missing.</summary>
    /// <returns>The main file of each format.</returns>
    public static IReadOnlyList<string> WriteAll(RunResults results, string directory, IReadOnlyList<ReportFormat>? formats = null)
    {
        ArgumentNullException.ThrowIfNull(results);
        Directory.CreateDirectory(directory);
        string label = Path.GetFileName(Path.GetFullPath(directory));
        return [.. (formats ?? Usual).Select(f => Write(f, Render([new ReportRun(label, results)], f, Language.English), directory))];
    }

    /// <summary>Made to be read, not to be processed.</summary>
    public static bool IsForReaders(ReportFormat format) => format is ReportFormat.Md or ReportFormat.Html or ReportFormat.Tex;

    /// <summary>One format's files, the main one first.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MostRuns"/> runs in a format for readers.</exception>
    public static IReadOnlyList<ReportFile> Render(IReadOnlyList<ReportRun> runs, ReportFormat format, Language language)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfZero(runs.Count);
        if (runs.Count > MostRuns && IsForReaders(format))
        {
            throw new ArgumentException($"at most {MostRuns} runs fit side by side", nameof(runs));
        }

        switch (format)
        {
            case ReportFormat.Csv:
                return [new(RoundsCsv.FileName, RoundsCsv.Render(runs))];
            case ReportFormat.Json:
                return [new(ReportJson.FileName, ReportJson.Render(runs))];
            case ReportFormat.Junit:
                return [new(JUnitReport.FileName, JUnitReport.Render(runs))];
            default:
                return runs.Count == 1 ? Render(new Report(runs[0], language), format) : Render(new CombinedReport(runs, language), format);
        }
    }

    private static IReadOnlyList<ReportFile> Render(Report report, ReportFormat format) => format switch
    {
        ReportFormat.Md => [new(MarkdownReport.FileName, MarkdownReport.Render(report)), .. Drawn(report.Charts)],
        ReportFormat.Html => [new(HtmlReport.FileName, HtmlReport.Page(report.Results.Title, report.Language, MarkdownReport.Render(report), report.Charts))],
        ReportFormat.Tex => LatexReport.Render(report),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static IReadOnlyList<ReportFile> Render(CombinedReport report, ReportFormat format) => format switch
    {
        ReportFormat.Md => [new(MarkdownReport.FileName, CombinedMarkdown.Render(report)), .. Drawn(report.Charts)],
        ReportFormat.Html => [new(HtmlReport.FileName, HtmlReport.Page(report.Title, report.Language, CombinedMarkdown.Render(report), report.Charts))],
        ReportFormat.Tex => CombinedLatex.Render(report),
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    private static IEnumerable<ReportFile> Drawn(IEnumerable<Chart> charts) => charts.Select(c => new ReportFile($"{ChartSet.Folder}/{c.File}", c.Draw()));

    /// <summary>Writes one format's files. What an earlier report left in the folder that belongs to the format is removed.</summary>
    /// <returns>The main file.</returns>
    public static string Write(ReportFormat format, IReadOnlyList<ReportFile> files, string directory)
    {
        ArgumentNullException.ThrowIfNull(files);
        Clean(format, directory);
        foreach (ReportFile file in files)
        {
            string path = Path.Combine(directory, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text, Utf8);
        }

        return Path.Combine(directory, files[0].Name);
    }

    private static void Clean(ReportFormat format, string directory)
    {
        (string folder, string[] patterns) = format switch
        {
            ReportFormat.Md => (ChartSet.Folder, new[] { "*.svg" }),
            ReportFormat.Tex => (LatexReport.Folder, ["*.tex", "*.dat"]),
            _ => ("", []),
        };
        string path = Path.Combine(directory, folder);
        foreach (string old in Directory.Exists(path) ? patterns.SelectMany(p => Directory.EnumerateFiles(path, p)) : [])
        {
            File.Delete(old);
        }
    }
}
