using System.CommandLine;
using System.IO.Enumeration;
using UniBench.Cli.Comparing;
using UniBench.Measure.Comparing;
using UniBench.Measure.History;
using UniBench.Reports.Trends;
using UniBench.Workbench;

namespace UniBench.Cli.Commands;

/// <summary>`unibench history`: results over many runs.</summary>
internal static class HistoryCommand
{
    public const string Name = "history";

    public static Command Create(CommandLine line) => new(Name, "Keeps the results of many runs, finds lasting changes, draws trends; in .unibench/, or where UNIBENCH_STORE says.")
    {
        Add(line),
        Show(line),
        Check(line),
        Plot(line),
    };

    private static string FilePath => Path.Combine(Baselines.Root, HistoryFile.Name);

    private static Command Add(CommandLine line)
    {
        Argument<string[]> results = Options.Files("results", "Run directories or results.json files.", ArgumentArity.OneOrMore);
        Command command = new("add", "Appends runs; one that is there already is left alone.") { results };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            foreach (string given in parsed.GetRequiredValue(results))
            {
                HistoryEntry entry = HistoryEntry.Of(Baselines.Load(given));
                if (entry.Cases.Count == 0)
                {
                    line.Errors.WriteLine($"unibench: {given}: no case of it succeeded; nothing was added");
                    return ExitCodes.NothingMeasured;
                }

                bool added = Guarded(() => HistoryFile.Append(FilePath, entry));
                line.Output.WriteLine($"{given}: {(added ? $"added to {FilePath}" : "was there already")}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Show(CommandLine line)
    {
        (Option<string> cases, Option<string> metrics) = Filters();
        Command command = new("show", "Lists series with their newest value and last lasting change.") { cases, metrics };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            HistorySeries[] series = Series(parsed.GetRequiredValue(cases), parsed.GetRequiredValue(metrics));
            line.Output.Write(TrendPage.Summary(series));
            return series.Length == 0 ? ExitCodes.NothingMeasured : ExitCodes.Ok;
        });
        return command;
    }

    private static Command Check(CommandLine line)
    {
        (Option<string> cases, Option<string> metrics) = Filters();
        Option<string[]> gates = new("--gates") { Description = "Only what the gates of this file speak of.", HelpName = "FILE" };
        Option<string?> accepted = new("--accepted") { Description = "Steps that one has looked at and lives with: [[step]] tables with case, metric, until (a day) and reason.", HelpName = "FILE" };
        Option<double?> threshold = Options.Of<double?>("--threshold", "A level that is worse by no more than this is no failure; 1% by default.", "PERCENT", t => Percentage.Parse(t));
        Command command = new("check", "Fails (10) where a series of the machine that ran last has stepped to a worse level, for three runs or more, until that is repaired or accepted.") { cases, metrics, gates, accepted, threshold };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            Gate[] guarding = [.. (parsed.GetValue(gates) ?? []).SelectMany(GateFile.Read)];
            IReadOnlyList<AcceptedStep> lived = parsed.GetValue(accepted) is { } file ? AcceptedSteps.Read(file) : [];
            HistorySeries[] watched =
            [
                .. LastingStep.OfNewestMachine(Series(parsed.GetRequiredValue(cases), parsed.GetRequiredValue(metrics)))
                    .Where(s => guarding.Length == 0 || guarding.Any(g => g.Speaks(s.Id, s.Metric))),
            ];
            if (watched.Length == 0)
            {
                line.Errors.WriteLine("unibench: no series of the machine that ran last matches");
                return ExitCodes.NothingMeasured;
            }

            IReadOnlyList<LastingStep> steps = LastingStep.Of(watched, lived);
            int worse = steps.Count(s => s.Loss > (parsed.GetValue(threshold) ?? LastingStep.DefaultThreshold));
            int young = watched.Count(s => s.Points.Count < 2 * ChangePoints.ShortestLevel);
            line.Output.Write(TrendPage.Lasting(steps));
            line.Output.WriteLine($"{watched.Length} series: {worse} on a worse level, {steps.Count - worse} on another one{(young > 0 ? $"; {young} have fewer than {2 * ChangePoints.ShortestLevel} runs, which tell nothing yet" : "")}");
            return worse > 0 ? ExitCodes.Regression : ExitCodes.Ok;
        });
        return command;
    }

    private static Command Plot(CommandLine line)
    {
        (Option<string> cases, Option<string> metrics) = Filters();
        Option<string> directory = new("--out") { Description = "Where trend.md, trend.html and charts go; reports/trend by default.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("reports", "trend") };
        Command command = new("plot", "Draws a page of trends.") { cases, metrics, directory };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            HistorySeries[] series = Series(parsed.GetRequiredValue(cases), parsed.GetRequiredValue(metrics));
            if (series.Length == 0)
            {
                line.Errors.WriteLine("unibench: no series matches");
                return ExitCodes.NothingMeasured;
            }

            line.Output.WriteLine($"trend: {Guarded(() => TrendPage.Write(series, parsed.GetRequiredValue(directory)))}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static (Option<string> Cases, Option<string> Metrics) Filters() => (
        new("--case") { Description = "Only cases whose ids match.", HelpName = "GLOB", DefaultValueFactory = _ => "*" },
        new("--metric") { Description = "Only metrics whose names match.", HelpName = "GLOB", DefaultValueFactory = _ => "*" });

    private static HistorySeries[] Series(string cases, string metrics)
    {
        if (!File.Exists(FilePath))
        {
            throw new UsageException($"there is no history yet ({FilePath}): unibench history add RUN begins one");
        }

        return [.. HistorySeries.Of(Guarded(() => HistoryFile.Load(FilePath))).Where(s =>
            FileSystemName.MatchesSimpleExpression(cases, s.Id, ignoreCase: false) && FileSystemName.MatchesSimpleExpression(metrics, s.Metric, ignoreCase: false))];
    }

    private static T Guarded<T>(Func<T> io)
    {
        try
        {
            return io();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException(e.Message);
        }
    }
}
