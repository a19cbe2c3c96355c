using System.CommandLine;
using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Comparing;
using UniBench.Cli.Running;
using UniBench.Cli.Scripting;
using UniBench.Monitor;
using UniBench.Reports;

namespace UniBench.Cli.Commands;

/// <summary>`unibench run`: measures scenarios and writes their reports.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Create(CommandLine line)
    {
        Argument<string[]> scripts = Options.Files("scenario", "Scenario scripts (.csx). What follows -- is theirs, as Args.", ArgumentArity.OneOrMore);
        Option<IReadOnlyList<string>?> names = Options.Of("--backends", "Backends to measure, all by default: unikernel,process,container. One that is named must be able to run.", "LIST", Options.ParseBackends);
        Option<string[]> parameters = new("--param", "-p") { Description = "Values of a parameter instead of the scenario's; k, m, g are powers of 1024.", HelpName = "NAME=VALUE,..." };
        Option<bool> quick = new("--quick") { Description = $"{RunOptions.QuickRounds} rounds instead of {RunOptions.DefaultRounds}: a first look." };
        Option<int?> rounds = Options.Count("--rounds", $"Measured launches of each case, {RunOptions.DefaultRounds} by default; 40 tell a 5 % difference.", 1);
        Option<int?> warmup = Options.Count("--warmup", "Rounds before the measured ones, kept but not counted; by default until launches no longer get faster.", 0);
        Option<double?> precision = Options.Of<double?>("--precision", $"Go on until every interval is within this of its value; --rounds is then the most, {Pacing.MostForPrecision} by default.", "PERCENT", t => Percentage.Parse(t));
        Option<TimeSpan?> budget = Options.Of<TimeSpan?>("--time-budget", "Begin no round after this much time: 10m.", "TIME", t => Quantity.ParseTime(t));
        Option<bool> resume = new("--resume") { Description = "Continue the interrupted run in --out." };
        Option<Placement?> placement = Options.Of<Placement?>("--placement", "CPUs for every case, instead of its own choice: free, same or cross.", "free|same|cross", ParsePlacement);
        Option<string?> directory = new("--out") { Description = "Directory for results and report; reports/DATE-SCENARIO by default.", HelpName = "DIR" };
        Option<TimeSpan?> timeout = Options.Of<TimeSpan?>("--timeout", "Limit for one launch, instead of the case's own: 10s, 500ms, 2m.", "TIME", t => Quantity.ParseTime(t));
        Option<long?> seed = new("--seed") { Description = "Seed of the shuffled order; random by default, recorded in any case.", HelpName = "N" };
        Option<SpinPolicy> spin = Options.Spin();
        Option<IReadOnlyList<ReportFormat>?> formats = ReportFormats.Option();
        Command command = new(Name, "Measures scenarios on several backends and writes a report of each.")
        {
            scripts, names, parameters, quick, rounds, warmup, placement, directory, timeout, seed, spin, precision, budget, resume, formats,
        };
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            RunOptions options = new()
            {
                Backends = parsed.GetValue(names) ?? BackendRegistry.Names,
                BackendsRequired = parsed.GetValue(names) is not null,
                Rounds = parsed.GetValue(rounds) ?? DefaultRounds(parsed.GetValue(quick), parsed.GetValue(precision)),
                WarmupRounds = parsed.GetValue(warmup),
                Precision = parsed.GetValue(precision),
                TimeBudget = parsed.GetValue(budget),
                Resume = parsed.GetValue(resume),
                Placement = parsed.GetValue(placement),
                Timeout = parsed.GetValue(timeout),
                Spin = parsed.GetValue(spin),
                Formats = parsed.GetValue(formats),
                Seed = parsed.GetValue(seed) ?? Random.Shared.NextInt64(1, 1L << 31),
                CommandLine = line.Text,
            };
            if (options.Resume && parsed.GetValue(directory) is null)
            {
                throw new UsageException("--resume needs --out, the directory of the run that was interrupted");
            }

            if (options.Precision == 0)
            {
                throw new UsageException("--precision: no number of rounds makes an interval 0 % wide");
            }

            ParameterOverrides overrides = new(parsed.GetValue(parameters) ?? []);
            ScenarioReader reader = new(ProgramCatalog.Shipped(), overrides, line.Rest);

            // All scripts are read before anything is measured: a typing error in the last one is found now.
            ScenarioPlan[] plans = [.. parsed.GetRequiredValue(scripts).Select(s => reader.Read(s, interruption.Token))];
            overrides.CheckAllTaken();
            Progress progress = Progress.On(line.Errors);
            using BackendSet set = new(options.Backends, line.Backends);
            foreach ((string name, string reason) in set.Unavailable)
            {
                progress.Warn($"{name} cannot run here: {reason}");
            }

            ScenarioRunner runner = new(options, set, progress, line.Output, interruption);
            int worst = ExitCodes.Ok;
            foreach (ScenarioPlan plan in plans)
            {
                int code = runner.Run(plan, line.Rest, DirectoryOf(plan, parsed.GetValue(directory), plans.Length));
                worst = worst == ExitCodes.Ok ? code : worst;
                if (code == ExitCodes.Interrupted)
                {
                    return code;
                }
            }

            return worst;
        });
        return command;
    }

    private static int DefaultRounds(bool quick, double? precision) =>
        quick ? RunOptions.QuickRounds : precision is null ? RunOptions.DefaultRounds : Pacing.MostForPrecision;

    private static Placement? ParsePlacement(string text) =>
        Enum.GetNames<Placement>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<Placement>(name)
            : throw new FormatException($"'{text}' is not one of free, same, cross");

    /// <summary>The given directory, with one below it for each of several scenarios; else a fresh one in reports/.</summary>
    private static string DirectoryOf(ScenarioPlan plan, string? given, int scenarios)
    {
        if (given is not null)
        {
            return scenarios == 1 ? given : Path.Combine(given, plan.Name);
        }

        return FreshDirectory(plan.Name);
    }

    /// <summary>A directory in reports/ that is not there yet.</summary>
    internal static string FreshDirectory(string name)
    {
        string stem = Path.Combine("reports", $"{DateTime.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}-{name}");
        string directory = stem;
        for (int i = 2; Path.Exists(directory); i++)
        {
            directory = string.Create(CultureInfo.InvariantCulture, $"{stem}-{i}");
        }

        return directory;
    }
}
