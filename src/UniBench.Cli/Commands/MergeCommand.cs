using System.CommandLine;
using UniBench.Cli.Comparing;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench;
using UniBench.Workbench.Running;

namespace UniBench.Cli.Commands;

/// <summary>`unibench merge`: several runs of one plan as one.</summary>
internal static class MergeCommand
{
    public const string Name = "merge";

    public static Command Create(CommandLine line)
    {
        Argument<string[]> sources = Options.Files("results", "Run directories or results.json files; runs that were cut off are taken as far as they came.", ArgumentArity.OneOrMore);
        Option<string> directory = new("--out") { Description = "Directory for results and report.", HelpName = "DIR", Required = true };
        Option<IReadOnlyList<ReportFormat>?> formats = ReportFormats.Option();
        Option<IReadOnlyList<string>?> despite = Options.Despite();
        Command command = new(Name, "Makes one run of several that measured the same on one machine: the launches of all of them, and a report.") { sources, directory, formats, despite };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string folder = parsed.GetRequiredValue(directory);
            if (File.Exists(Path.Combine(folder, ResultsFile.Name)))
            {
                throw new UsageException($"--out {folder}: there is a run already");
            }

            string[] given = parsed.GetRequiredValue(sources);
            RunResults[] runs = [.. given.Select(Baselines.Load)];
            foreach ((string source, RunResults run) in given.Zip(runs).Skip(1))
            {
                if (Merging.Obstacle(runs[0], run) is { } obstacle)
                {
                    line.Errors.WriteLine($"unibench: not one run: {given[0]} and {source} {obstacle}");
                    return ExitCodes.NotComparable;
                }

                if (!ComparableRuns.Check(runs[0], run, parsed.GetValue(despite) ?? [], line.Errors))
                {
                    return ExitCodes.NotComparable;
                }
            }

            RunResults merged = Merging.Of(runs);
            using LaunchLog log = new(folder, RunDescription.Of(merged), ResultsBuilder.PlanOf(merged), [.. LaunchFindings.OfRunner(merged)], merged.Rounds) { Formats = parsed.GetValue(formats) };
            line.Output.Write(SummaryText.Render(log.WriteReport(interrupted: false)));
            line.Output.WriteLine($"\nreport: {string.Join(", ", log.Written)}\nresults: {Path.Combine(folder, ResultsFile.Name)}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
