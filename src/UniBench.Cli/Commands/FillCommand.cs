using System.CommandLine;
using UniBench.Reports;
using UniBench.Reports.Numbers;
using UniBench.Workbench;

namespace UniBench.Cli.Commands;

/// <summary>`unibench fill`: numbers of runs into texts.</summary>
internal static class FillCommand
{
    public const string Name = "fill";

    public static Command Create(CommandLine line)
    {
        Argument<string[]> texts = Options.Files("text", "Markdown files; a number stands between <!--= CASE METRIC FIELD --> and <!--/=-->, where FIELD is a unit, ratio, times, or %CASE.", ArgumentArity.OneOrMore);
        Option<string[]> sources = new("--from") { Description = "A run's directory, its results.json, or a report.json of it.", HelpName = "RUN", Required = true, AllowMultipleArgumentsPerToken = true };
        Command command = new(Name, "Writes the numbers of runs into texts, so that all of them tell the same.") { texts, sources };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            try
            {
                MeasuredNumbers numbers = new();
                foreach (string source in parsed.GetRequiredValue(sources))
                {
                    numbers.Add(Directory.Exists(source) ? Path.Combine(source, ResultsFile.Name) : source);
                }

                // All of them first: a number that is missing in the last one leaves the others as they are.
                (string File, string Before, string After)[] filled = [.. parsed.GetRequiredValue(texts).Select(t => Filled(t, numbers))];
                foreach ((string file, string before, string after) in filled)
                {
                    if (before != after)
                    {
                        File.WriteAllText(file, after);
                    }

                    line.Output.WriteLine(FormattableString.Invariant($"{file}: {FilledText.Count(after)} numbers{(before == after ? ", none of them new" : "")}"));
                }
            }
            catch (InvalidDataException e)
            {
                throw new UsageException($"fill: {FileErrors.Text(e)}");
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static (string File, string Before, string After) Filled(string file, MeasuredNumbers numbers)
    {
        string before = File.ReadAllText(file);
        try
        {
            return (file, before, FilledText.Of(before, numbers));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file}, {e.Message}", e);
        }
    }
}
