using System.CommandLine;
using UniBench.Cli.Comparing;
using UniBench.Reports;
using UniBench.Workbench;

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
        Command command = new(Name, "Makes one run of several that measured the same, or parts of it, on one machine or on machines of one kind: the launches of all of them, and a report.") { sources, directory, formats, despite };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string folder = parsed.GetRequiredValue(directory);
            if (File.Exists(Path.Combine(folder, ResultsFile.Name)))
            {
                throw new UsageException($"--out {folder}: there is a run already");
            }

            return MergedRun.Write(parsed.GetRequiredValue(sources), folder, parsed.GetValue(formats), parsed.GetValue(despite) ?? [], line);
        });
        return command;
    }
}
