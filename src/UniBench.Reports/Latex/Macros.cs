using System.Globalization;
using UniBench.Measure;
using UniBench.Measure.Comparing;
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
    /// <summary>Where there are several runs, each one's commands begin with its label.</summary>
    public static string Render(IReadOnlyList<ReportRun> runs, Language language)
    {
        MacroFile file = new();
        foreach (ReportRun run in runs)
        {
            string[] prefix = runs.Count == 1 ? [] : [run.Label];
            file.Heading($"{run.Label}; \\...Ratio is how many times as good as the process, below 1 if worse");
            Run(file, prefix, run.Results, language);
            IReadOnlyList<MetricTable> tables = MetricTable.Of(run.Results);
            foreach (Headline[] headlines in tables.Select(t => Headline.Of(run.Results, t).ToArray()).Where(h => h.Length > 0))
            {
                Heads(file, prefix, headlines, language);
            }

            foreach (MetricTable table in tables)
            {
                Cases(file, prefix, table, run.Results, language);
            }
        }

        return file.ToString().TrimStart('\n');
    }

    private static void Run(MacroFile file, string[] prefix, RunResults results, Language language)
    {
        RunEnvironment e = results.Environment;
        string scenario = ScenarioOf(results);
        file.Heading($"the run: {results.Title}");
        (string Name, string Value)[] values =
        [
            ("Rounds", results.RoundsPlanned.ToString(CultureInfo.InvariantCulture)), ("Seed", e.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Cpu", e.Cpu), ("Cores", e.Cores.ToString(CultureInfo.InvariantCulture)), ("Memory", language.Bytes(e.MemoryBytes)), ("Kernel", e.Kernel),
            ("Kvm", e.Kvm), ("Tool", e.ToolVersion), ("Started", e.Started.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        ];
        foreach ((string name, string value) in values)
        {
            file.Define(MacroNames.Of([.. prefix, scenario, name]), LatexText.Escape(value));
        }
    }

    /// <summary>A metric's backends on our engine, each against the process.</summary>
    private static void Heads(MacroFile file, string[] prefix, Headline[] headlines, Language language)
    {
        MetricTable table = headlines[0].Table;
        string[] name = [.. prefix, .. NameOf(table, headlines[0].Subject)];
        file.Heading($"{table.Title}: at the first point, each side in its best placement");
        file.Define(MacroNames.Of([.. name, "Unit"]), LatexText.Caption(table.Scale.Unit));
        foreach (Headline headline in headlines)
        {
            file.Heading($"{table.Title}, {Where(headline)}, {headline.Subject.Backend} {headline.Subject.Placement} against process {headline.Reference?.Placement ?? "(none)"}");
            Value(file, [.. name, headline.Subject.Backend], headline.Subject, table.Scale, language);
            Ratio(file, [.. name, headline.Subject.Backend], headline.Verdict, headline.Subject, language);
        }

        foreach (CaseMetric reference in headlines.Select(h => h.Reference).OfType<CaseMetric>().DistinctBy(r => r.Id))
        {
            Value(file, [.. name, reference.Backend], reference, table.Scale, language);
        }
    }

    private static void Cases(MacroFile file, string[] prefix, MetricTable table, RunResults results, Language language)
    {
        file.Heading($"{table.Title}: every case; its ratio is to the process in the same placement");
        foreach (MetricRow row in table.Rows)
        {
            foreach (CaseMetric one in table.Backends.Select(row.Of).OfType<CaseMetric>().Where(c => c.Summary is not null))
            {
                string[] name = [.. prefix, .. NameOf(table, one), .. one.Params.SelectMany(p => new[] { p.Key, p.Value }), one.Placement, one.Backend];
                Value(file, name, one, table.Scale, language);
                if (one.Backend != results.Environment.Reference() && RatioToReference.SamePlacement(results, one) is { Summary: not null } reference)
                {
                    Ratio(file, name, RatioToReference.Judge(results, one, reference), one, language);
                }
            }
        }
    }

    private static void Value(MacroFile file, string[] name, CaseMetric one, UnitScale scale, Language language)
    {
        Summary s = one.Summary!;
        Number(file, [.. name], s.Median * scale.Factor, language);
        Number(file, [.. name, "Low"], s.Low * scale.Factor, language);
        Number(file, [.. name, "High"], s.High * scale.Factor, language);
    }

    private static void Ratio(MacroFile file, string[] name, Verdict? verdict, CaseMetric one, Language language)
    {
        if (verdict is not null)
        {
            RatioEstimate better = RatioText.Improvement(verdict.Estimate, one.Better);
            Number(file, [.. name, "Ratio"], better.Value, language);
            Number(file, [.. name, "RatioLow"], better.Interval.Low, language);
            Number(file, [.. name, "RatioHigh"], better.Interval.High, language);
            file.Define(MacroNames.Of([.. name, "Verdict"]), LatexText.Escape(RatioText.Full(verdict, one, language)));
        }
    }

    private static void Number(MacroFile file, string[] name, double value, Language language) =>
        file.Define(MacroNames.Of(name), LatexText.Number(language.Number(value)));

    /// <summary>Scenario, workload, metric; a metric that begins with its workload's name does not say it twice.</summary>
    private static string[] NameOf(MetricTable table, CaseMetric one) =>
        [one.Scenario, one.Name, table.Metric.StartsWith($"{one.Name}_", StringComparison.Ordinal) ? table.Metric[(one.Name.Length + 1)..] : table.Metric];

    private static string Where(Headline headline) => headline.Point.Length == 0 ? "no parameters" : headline.Point;

    private static string ScenarioOf(RunResults results) => results.Cases.Count > 0 ? results.Cases[0].Scenario : "run";
}
