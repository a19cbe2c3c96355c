using System.CommandLine;
using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Comparing;
using UniBench.Cli.Running;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports;
using UniBench.Reports.Timelines;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>`unibench run`: measures scenarios and writes their reports.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Create(CommandLine line)
    {
        ScenarioArguments scenarios = new("Scenario scripts (.csx). What follows -- is theirs, as Args.");
        Option<bool> quick = new("--quick") { Description = $"{RunOptions.QuickRounds} rounds instead of {RunOptions.DefaultRounds}: a first look." };
        Option<int?> rounds = Options.Count("--rounds", $"Measured launches of each case, {RunOptions.DefaultRounds} by default; 40 tell a 5 % difference.", 1);
        Option<int?> warmup = Options.Count("--warmup", "Rounds before the measured ones, kept but not counted; by default until launches no longer get faster.", 0);
        Option<double?> precision = Options.Of<double?>("--precision", $"Go on until every interval is within this of its value; --rounds is then the most, {Pacing.MostForPrecision} by default.", "PERCENT", t => Percentage.Parse(t));
        Option<TimeSpan?> budget = Options.Of<TimeSpan?>("--time-budget", "Begin no round after this much time: 10m.", "TIME", t => Quantity.ParseTime(t));
        Option<double?> threshold = Options.Of<double?>("--threshold", "From where on a difference between backends counts; 5% by default.", "PERCENT", t => Percentage.Parse(t));
        Option<double?> alpha = Options.Alpha();
        Option<bool> resume = new("--resume") { Description = "Go on with the run in --out, until it has the rounds it was planned with; with --rounds a larger number, which extends one that has ended." };
        Option<bool> replace = new("--replace") { Description = "Put this run in the place of one that is in --out." };
        Option<string?> directory = new("--out") { Description = "Directory for results and report; reports/DATE-SCENARIO by default.", HelpName = "DIR" };
        Option<long?> seed = Options.Whole("--seed", "Seed of the shuffled order; random by default, recorded in any case.");
        Option<IReadOnlyList<ReportFormat>?> formats = ReportFormats.Option();
        Option<string?> timelinePath = new("--timeline") { Description = "After the measured rounds, launch each case on UniBench's own engine once more and write what its processes did, for Perfetto or chrome://tracing.", HelpName = "FILE" };
        Option<TimeSpan?> idle = Options.Of<TimeSpan?>("--wait-idle", "Begin when nobody else works on this machine; after so much time without that, measure nothing and end with 12: 10m.", "TIME", t => Quantity.ParseTime(t));
        Option<string?> against = new("--against") { Description = "Measure another build of unibench in the same rounds: the path of a tool or of a source tree, or a commit of the repository here, which is built.", HelpName = "ENGINE" };
        Option<bool> dry = new("--dry-run") { Description = "Print the plan and how long it will take, launch nothing." };
        Command command = new(Name, "Measures scenarios on several backends and writes a report of each.");
        scenarios.AddTo(command);
        new Option[] { quick, rounds, warmup, precision, budget, threshold, alpha, resume, replace, directory, seed, formats, timelinePath, against, idle, dry }.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            RunOptions options = scenarios.LaunchOptions(parsed, line);
            options = options with
            {
                Rounds = parsed.GetValue(rounds) ?? DefaultRounds(parsed.GetValue(quick), parsed.GetValue(precision)),
                WarmupRounds = parsed.GetValue(warmup),
                Precision = parsed.GetValue(precision),
                TimeBudget = parsed.GetValue(budget),
                Resume = parsed.GetValue(resume),
                Replace = parsed.GetValue(replace),
                Directory = parsed.GetValue(directory),
                Formats = parsed.GetValue(formats),
                Verdicts = new VerdictRule(parsed.GetValue(threshold) ?? VerdictRule.DefaultThreshold, parsed.GetValue(alpha) ?? Confidence.DefaultAlpha),
                Seed = parsed.GetValue(seed) ?? options.Seed,
            };
            if (options.Resume && options.Replace)
            {
                throw new UsageException("--resume goes on with the run in --out and --replace removes it: name one of them");
            }

            if (options.Resume && options.Directory is null)
            {
                throw new UsageException("--resume needs --out, the directory of the run that was interrupted");
            }

            Options.CheckReachable(parsed.GetValue(alpha), options.Rounds, LeastRounds.Paired);
            if (options.Precision == 0)
            {
                throw new UsageException("--precision: no number of rounds makes an interval 0 % wide");
            }

            if (parsed.GetValue(timelinePath) is not null && !options.Backends.Any(BackendRegistry.Engines.Contains))
            {
                throw new UsageException($"--timeline: only {string.Join(" and ", BackendRegistry.Engines)} can, and none of them is among --backends");
            }

            IReadOnlyList<ScenarioPlan> plans = scenarios.Read(parsed, line, interruption.Token);
            Progress progress = Progress.On(line.Errors);
            OtherEngine? other = parsed.GetValue(against) is { } engine ? OtherEngine.Find(engine, Environment.CurrentDirectory, progress.Warn) : null;
            options = other is null ? options : WithOther(options, other, parsed.GetValue(timelinePath) is not null);
            using BackendSet set = ScenarioArguments.Make(options, line, progress, other);
            if (set.Unavailable.FirstOrDefault(b => OtherBuild.BaseOf(b.Key) is { } own && !set.Unavailable.ContainsKey(own)) is { Key: not null } lacking)
            {
                line.Errors.WriteLine($"unibench: --against: {lacking.Key} cannot run here: {lacking.Value}");
                return ExitCodes.BackendUnavailable;
            }

            plans = ScenarioArguments.WithChosen(plans, options, set, line);
            if (plans.Count == 0)
            {
                return ExitCodes.NothingMeasured;
            }

            if (parsed.GetValue(dry))
            {
                plans.ToList().ForEach(p => line.Output.Write(PlanText.Of(p, options, set.Unavailable)));
                return ExitCodes.Ok;
            }

            if (parsed.GetValue(timelinePath) is not null && !set.All.Values.Any(b => b.Traits.IsEngine && !set.Unavailable.ContainsKey(b.Name)))
            {
                line.Errors.WriteLine($"unibench: --timeline: only {string.Join(" and ", BackendRegistry.Engines)} can, and none of them can run here");
                return ExitCodes.BackendUnavailable;
            }

            if (options.Directory is { } given)
            {
                plans.ToList().ForEach(p => ScenarioRunner.CheckDirectory(options, DirectoryOf(p, given, plans.Count)));
            }

            if (parsed.GetValue(idle) is { } most && IdleMachine.Wait(most, busy => progress.Warn($"waiting for an idle machine: {busy}"), interruption.Token) is { } why)
            {
                line.Errors.WriteLine(FormattableString.Invariant($"unibench: --wait-idle: {why} after {most.TotalSeconds:0.#} s: nothing was measured"));
                return ExitCodes.Untrustworthy;
            }

            bool asPlanned = options.Resume && parsed.GetValue(rounds) is null && options is { Precision: null, TimeBudget: null };
            using TimelineFile? timeline = LaunchTimeline.Create(parsed.GetValue(timelinePath), line.Errors);
            int worst = ExitCodes.Ok;
            foreach (ScenarioPlan plan in plans)
            {
                string folder = DirectoryOf(plan, options.Directory, plans.Count);
                RunOptions own = asPlanned ? options with { Rounds = Resumption.RoundsOf(folder) } : options;
                ScenarioRunner runner = new(own, set, new WatchedRun(progress, line.Output, interruption, folder)) { Timeline = timeline };
                MeasuredScenario measured = runner.Run(plan, folder, interruption.Token);
                int code = ExitCodes.Of(measured.Ending);
                worst = worst == ExitCodes.Ok ? code : worst;
                if (code == ExitCodes.Interrupted)
                {
                    line.Errors.WriteLine($"unibench: go on with: {line.Resuming(scenarios.Given(parsed), plan.Path, folder)}");
                    return code;
                }

                if (measured is { Ending: Ending.Complete, Results: { } results } && UndecidedComparisons.Of(results) is { } open)
                {
                    line.Output.WriteLine(FormattableString.Invariant(
                        $"undecided comparisons: {open.Comparisons}, which about {open.Rounds} rounds in all decide: {line.Resuming(scenarios.Given(parsed), plan.Path, folder, open.Rounds)}"));
                }
            }

            return worst;
        });
        return command;
    }

    /// <summary>With the other build's backends, each behind this build's.</summary>
    private static RunOptions WithOther(RunOptions options, OtherEngine other, bool timeline)
    {
        if (timeline)
        {
            throw new UsageException("--timeline: with --against both builds run in processes of their own, which record none");
        }

        return options.Backends.Any(BackendRegistry.Engines.Contains)
            ? options with { Backends = [.. options.Backends.SelectMany(b => BackendRegistry.Engines.Contains(b) ? [b, OtherBuild.NameOf(b, other.Label)] : new[] { b })] }
            : throw new UsageException($"--against compares {string.Join(" and ", BackendRegistry.Engines)} of two builds, and none of them is among --backends");
    }

    private static int DefaultRounds(bool quick, double? precision) =>
        quick ? RunOptions.QuickRounds : precision is null ? RunOptions.DefaultRounds : Pacing.MostForPrecision;

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
