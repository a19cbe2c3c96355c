using System.CommandLine;
using System.Globalization;
using UniBench.Reports.Timelines;
using UniBench.Workbench;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench timeline`: draws a launch of a timeline file.</summary>
internal static class TimelineCommand
{
    public const string Name = "timeline";

    public static Command Create(CommandLine line)
    {
        Argument<string> file = new("file") { Description = "What --timeline of exec or run wrote." };
        Option<string?> output = new("--output", "-o") { Description = "The picture; the file's name with .svg by default.", HelpName = "FILE" };
        Option<string?> launch = new("--launch") { Description = "Which one: its number, or a part of its name. The first by default.", HelpName = "N|NAME" };
        Option<TimeSpan?> from = Options.Of<TimeSpan?>("--from", "Draw from this time of the launch on: 2ms.", "TIME", t => Quantity.ParseTime(t));
        Option<TimeSpan?> to = Options.Of<TimeSpan?>("--to", "Draw up to this time: 5ms.", "TIME", t => Quantity.ParseTime(t));
        Command command = new(Name, "Draws a launch of a timeline as SVG; for more than a picture open the file in Perfetto or chrome://tracing.") { file, output, launch, from, to };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string path = parsed.GetRequiredValue(file);
            string picture = parsed.GetValue(output) ?? Path.ChangeExtension(path, ".svg");
            try
            {
                IReadOnlyList<TimelineLaunch> launches = TimelineReader.Read(File.ReadAllText(path));
                TimelineLaunch chosen = Choose(launches, parsed.GetValue(launch), path);
                File.WriteAllText(picture, TimelineDrawing.Draw(chosen, parsed.GetValue(from)?.TotalMilliseconds ?? 0, parsed.GetValue(to)?.TotalMilliseconds ?? chosen.End));
                line.Output.WriteLine(picture);
                return ExitCodes.Ok;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
            {
                throw new UsageException($"{path}: {e.Message}");
            }
        });
        return command;
    }

    private static TimelineLaunch Choose(IReadOnlyList<TimelineLaunch> launches, string? wanted, string path)
    {
        if (launches.Count == 0)
        {
            throw new UsageException($"{path}: there is no launch in it");
        }

        TimelineLaunch? found = wanted is null ? launches[0]
            : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? launches.ElementAtOrDefault(number - 1)
            : launches.FirstOrDefault(l => l.Title.Contains(wanted, StringComparison.Ordinal));
        return found ?? throw new UsageException($"{path}: no launch is {wanted}; there are:\n{string.Join('\n', launches.Select((l, i) => $"  {i + 1}  {l.Title}"))}");
    }
}
