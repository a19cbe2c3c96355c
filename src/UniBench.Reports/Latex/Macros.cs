using System.Globalization;
using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Latex;

/// <summary>
/// macros.tex: a command for every number a text may want to quote, so that prose is never older than its results. A number that
/// is missing has no command, and the text that wants it does not compile.
/// </summary>
internal static class Macros
{
    public static string Render(Report report)
    {
        MacroFile file = new();
        Run(file, report);
        foreach (MetricTable table in report.Tables)
        {
            if (Headline.Of(report.Results, table) is { } headline)
            {
                Head(file, headline, report.Language);
            }
        }

        foreach (MetricTable table in report.Tables)
        {
            Cases(file, table, report);
        }

        return $"% Numbers of {report.Run.Label}; \\...Ratio is how many times as good as the process, below 1 if worse.\n{file}";
    }

    private static void Run(MacroFile file, Report report)
    {
        RunEnvironment e = report.Results.Environment;
        string scenario = ScenarioOf(report.Results);
        file.Heading($"the run: {report.Results.Title}");
        (string Name, string Value)[] values =
        [
            ("Rounds", report.Results.RoundsPlanned.ToString(CultureInfo.InvariantCulture)), ("Seed", e.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Cpu", e.Cpu), ("Cores", e.Cores.ToString(CultureInfo.InvariantCulture)), ("Memory", report.Language.Bytes(e.MemoryBytes)), ("Kernel", e.Kernel),
            ("Kvm", e.Kvm), ("Tool", e.ToolVersion), ("Started", e.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ];
        foreach ((string name, string value) in values)
        {
            file.Define(MacroNames.Of(scenario, name), LatexText.Escape(value));
        }
    }

    private static void Head(MacroFile file, Headline headline, Language language)
    {
        MetricTable table = headline.Table;
        string[] name = NameOf(table, headline.Subject);
        file.Heading($"{table.Title}, {Where(headline)}, unikernel {headline.Subject.Placement} against process {headline.Reference?.Placement ?? "(none)"}");
        file.Define(MacroNames.Of([.. name, "Unit"]), LatexText.Escape(table.Scale.Unit));
        Value(file, [.. name, headline.Subject.Backend], headline.Subject, table.Scale, language);
        if (headline.Reference is { } reference)
        {
            Value(file, [.. name, reference.Backend], reference, table.Scale, language);
        }

        Ratio(file, name, headline.Ratio, headline.Subject, language);
    }

    private static void Cases(MacroFile file, MetricTable table, Report report)
    {
        file.Heading($"{table.Title}: every case; its ratio is to the process in the same placement");
        foreach (MetricRow row in table.Rows)
        {
            foreach (CaseResult one in table.Backends.Select(row.Of).OfType<CaseResult>().Where(c => c.Summary is not null))
            {
                string[] name = [.. NameOf(table, one), .. one.Params.SelectMany(p => new[] { p.Key, p.Value }), one.Placement, one.Backend];
                Value(file, name, one, table.Scale, report.Language);
                if (one.Backend != RatioToReference.ReferenceBackend && RatioToReference.SamePlacement(report.Results, one) is { Summary: not null } reference)
                {
                    Ratio(file, name, RatioToReference.Of(report.Results, one, reference), one, report.Language);
                }
            }
        }
    }

    private static void Value(MacroFile file, string[] name, CaseResult one, UnitScale scale, Language language)
    {
        Summary s = one.Summary!;
        Number(file, [.. name], s.Median * scale.Factor, language);
        Number(file, [.. name, "Low"], s.Low * scale.Factor, language);
        Number(file, [.. name, "High"], s.High * scale.Factor, language);
    }

    private static void Ratio(MacroFile file, string[] name, PairedRatio? ratio, CaseResult one, Language language)
    {
        if (ratio is not null)
        {
            PairedRatio better = RatioText.Improvement(ratio, one.Better);
            Number(file, [.. name, "Ratio"], better.Value, language);
            Number(file, [.. name, "RatioLow"], better.Interval.Low, language);
            Number(file, [.. name, "RatioHigh"], better.Interval.High, language);
            file.Define(MacroNames.Of([.. name, "Verdict"]), LatexText.Escape(RatioText.Of(ratio, one, language)));
        }
    }

    private static void Number(MacroFile file, string[] name, double value, Language language) =>
        file.Define(MacroNames.Of(name), LatexText.Number(language.Number(value)));

    /// <summary>Scenario, workload, metric; a metric that begins with its workload's name does not say it twice.</summary>
    private static string[] NameOf(MetricTable table, CaseResult one) =>
        [one.Scenario, one.Name, table.Metric.StartsWith($"{one.Name}_", StringComparison.Ordinal) ? table.Metric[(one.Name.Length + 1)..] : table.Metric];

    private static string Where(Headline headline) => headline.Point.Length == 0 ? "no parameters" : headline.Point;

    private static string ScenarioOf(RunResults results) => results.Cases.Count > 0 ? results.Cases[0].Scenario : "run";
}
