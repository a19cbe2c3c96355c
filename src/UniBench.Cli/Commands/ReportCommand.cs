using System.CommandLine;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Cli.Commands;

/// <summary>`unibench report`: renders a run's files again from its results.json.</summary>
internal static class ReportCommand
{
    public const string Name = "report";

    public static Command Create(CommandLine line)
    {
        Argument<string> source = new("results") { Description = "A run's directory, or its results.json." };
        Option<string?> directory = new("--out") { Description = "Where to write; beside the results by default.", HelpName = "DIR" };
        Command command = new(Name, "Renders report.md, report.html and charts again from results.json; measures nothing.") { source, directory };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string given = parsed.GetRequiredValue(source);
            string file = Directory.Exists(given) ? Path.Combine(given, ResultsFile.Name) : given;
            string target = parsed.GetValue(directory) ?? Path.GetDirectoryName(Path.GetFullPath(file))!;
            RunResults results;
            try
            {
                results = ResultsFile.Load(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new UsageException(e.Message);
            }

            ReportWriter.WriteAll(results, target);
            line.Output.Write(SummaryText.Render(results));
            line.Output.WriteLine($"\nreport: {Path.Combine(target, ReportWriter.MarkdownName)}");
            return ExitCodes.Ok;
        });
        return command;
    }
}
