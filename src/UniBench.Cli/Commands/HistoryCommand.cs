using System.CommandLine;
using System.IO.Enumeration;
using UniBench.Cli.Comparing;
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
