using System.CommandLine;
using UniBench.Cli.Comparing;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Languages;
using UniBench.Workbench;

namespace UniBench.Cli.Commands;

/// <summary>`unibench report`: renders runs again, in any format, from their results.json.</summary>
internal static class ReportCommand
{
    public const string Name = "report";

    public static Command Create(CommandLine line)
    {
        Argument<string[]> sources = Options.Files("results", "A run's directory, or its results.json; several make one report with a column for each. LABEL=PATH names a run.", ArgumentArity.OneOrMore);
        Option<IReadOnlyList<ReportFormat>?> formats = ReportFormats.Option();
        Option<Language?> language = ReportFormats.Language();
        Option<double?> threshold = Options.Of<double?>("--threshold", "From where on a difference between backends counts, instead of the run's own.", "PERCENT", t => Percentage.Parse(t));
        Option<string?> target = new("--out", "-o") { Description = "Directory, a file when there is one format, or - for standard output; beside the first results by default.", HelpName = "DIR|FILE|-" };
        Command command = new(Name, "Renders reports from results.json; measures nothing and changes no results.") { sources, formats, language, threshold, target };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string[] given = parsed.GetRequiredValue(sources);
            ReportTarget to = ReportTarget.Of(parsed.GetValue(target), parsed.GetValue(formats) ?? ReportWriter.Usual, Path.GetDirectoryName(Path.GetFullPath(ReportSources.FileOf(given[0])))!);
            IReadOnlyList<ReportRun> runs = [.. ReportSources.Load(given, to.Folder).Select(r => r with { Results = WithThreshold(r.Results, parsed.GetValue(threshold)) })];
            if (runs.Count > ReportWriter.MostRuns && to.Formats.Any(ReportWriter.IsForReaders))
            {
                throw new UsageException($"md, html and tex show at most {ReportWriter.MostRuns} runs side by side, not {runs.Count}: use --format csv or json, or unibench history for a trend");
            }

            Language words = parsed.GetValue(language) ?? Language.English;
            if (to.IsStdout)
            {
                line.Output.Write(to.Single(ReportWriter.Render(runs, to.Formats[0], words)).Text);
                return ExitCodes.Ok;
            }

            string[] written = [.. to.Formats.Select(f => ReportWriter.Write(f, to.Renamed(ReportWriter.Render(runs, f, words)), to.Folder))];
            line.Output.WriteLine($"report: {string.Join(", ", written)}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static RunResults WithThreshold(RunResults run, double? threshold) => run with { Verdicts = run.Verdicts with { Threshold = threshold ?? run.Verdicts.Threshold } };
}
