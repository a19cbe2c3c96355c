using System.CommandLine;
using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Running;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench watch`: runs a scenario again whenever it or a file it loads changes.</summary>
internal static class WatchCommand
{
    public const string Name = "watch";
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    public static Command Create(CommandLine line)
    {
        Argument<string> script = new("scenario") { Description = "The script." };
        Option<int?> rounds = Options.Count("--rounds", $"Measured launches of each case, {RunOptions.QuickRounds} by default.", 1);
        Option<string?> backends = new Option<string?>("--backends") { Description = "Backends to measure, by default those that can run here.", HelpName = "LIST" }.OfferingList(BackendRegistry.Names);
        Option<int?> times = Options.Count("--times", "End after so many runs; by default with Ctrl-C.", 1);
        Option<string?> directory = new("--out") { Description = "Directory for results and report, each run in the place of the one before; a temporary one by default.", HelpName = "DIR" };
        Command command = new(Name, "Runs a scenario now and whenever it changes; ends with Ctrl-C.") { script, rounds, backends, times, directory };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(script);
            if (!File.Exists(path))
            {
                throw new UsageException($"there is no scenario {path}");
            }

            string? given = parsed.GetValue(directory);
            string folder = given ?? Directory.CreateTempSubdirectory("unibench-watch-").FullName;
            try
            {
                string[] call =
                [
                    RunCommand.Name, path, "--out", folder, "--replace", "--rounds", (parsed.GetValue(rounds) ?? RunOptions.QuickRounds).ToString(CultureInfo.InvariantCulture),
                    .. parsed.GetValue(backends) is { } list ? (string[])["--backends", list] : [],
                    .. line.HasRest ? ["--", .. line.Rest] : (string[])[],
                ];
                return Repeat(line, path, call, parsed.GetValue(times) ?? int.MaxValue);
            }
            finally
            {
                if (given is null)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        });
        return command;
    }

    private static int Repeat(CommandLine line, string path, string[] call, int times)
    {
        for (int run = 1; ; run++)
        {
            Dictionary<string, DateTime> before = Times(path, line);
            int code = FrontDoor.Run(call, line.Output, line.Errors, line.Backends);
            if (code == ExitCodes.Interrupted || run == times)
            {
                return code;
            }

            line.Errors.WriteLine($"unibench: waiting for a change of {string.Join(", ", before.Keys.Select(f => Path.GetFileName(f)))}");
            using Interruption interruption = new();
            while (before.All(f => File.GetLastWriteTimeUtc(f.Key) == f.Value))
            {
                if (interruption.Token.WaitHandle.WaitOne(Look))
                {
                    return ExitCodes.Interrupted;
                }
            }
        }
    }

    /// <summary>The script and what it loads; the script alone as long as it does not compile.</summary>
    private static Dictionary<string, DateTime> Times(string path, CommandLine line)
    {
        IEnumerable<string> files = [Path.GetFullPath(path)];
        try
        {
            ScenarioReader reader = new(ProgramCatalog.Shipped(), new ParameterOverrides([]), line.Rest, ScenarioCache.OfUser());
            files = reader.Read(path, CancellationToken.None).Files.Order(StringComparer.Ordinal);
        }
        catch (ScenarioException)
        {
            // The run will say it.
        }

        return files.ToDictionary(f => f, File.GetLastWriteTimeUtc);
    }
}
