using System.CommandLine;
using UniBench.Cli.Comparing;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports.Comparisons;
using UniBench.Workbench;

namespace UniBench.Cli.Commands;

/// <summary>`unibench gate`: applies gates.toml to a run.</summary>
internal static class GateCommand
{
    public const string Name = "gate";

    public static Command Create(CommandLine line)
    {
        Argument<string> results = new("results") { Description = "The run that is judged: its directory, its results.json or a baseline's name." };
        Option<string> file = new("--gates") { Description = "The rules; gates.toml by default.", HelpName = "FILE", DefaultValueFactory = _ => "gates.toml" };
        Option<string?> against = new("--base") { Description = "The run that gates with a threshold compare with.", HelpName = "RUN" };
        Option<string?> nightly = new("--nightly") { Description = "Compare with the baseline of this name, which is kept for each machine apart. Where there is none, or it cannot be compared with, that is said and its gates are skipped. A run that keeps every gate takes its place.", HelpName = "NAME" };
        Option<string?> pinned = new("--pinned") { Description = "The same with a baseline that only --pin replaces: it tells what creeps. Where there is none this run is pinned, if it keeps every gate.", HelpName = "NAME" };
        Option<bool> pin = new("--pin") { Description = "Pin this run in the place of the one under --pinned, if it keeps every gate: after a release." };
        Option<string?> junit = new("--junit") { Description = "Write the verdicts as JUnit XML, too.", HelpName = "FILE" };
        Option<double?> alpha = Options.Alpha();
        Option<IReadOnlyList<string>?> despite = Options.Despite();
        Option<FailOn?> failOn = Options.FailOn("regression and missing");
        Command command = new(Name, "Judges a run by the rules of gates.toml; exit status 10 is a regression, 5 a case that was not run.") { results, file, against, nightly, pinned, pin, alpha, junit, despite, failOn };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            IReadOnlyList<Gate> gates = GateFile.Read(parsed.GetRequiredValue(file));
            RunResults run = CompareCommand.WithAlpha(Baselines.Load(parsed.GetRequiredValue(results)), parsed.GetValue(alpha));
            NightlyBase? rolling = parsed.GetValue(nightly) is { } kept ? NightlyBase.Of(kept, run) : null;
            NightlyBase? release = parsed.GetValue(pinned) is { } held ? NightlyBase.Of(held, run) : null;
            if (parsed.GetValue(against) is not null && (rolling ?? release) is not null)
            {
                throw new UsageException("--base names one run, --nightly and --pinned baselines: not both");
            }

            if (parsed.GetValue(pin) && release is null)
            {
                throw new UsageException("--pin needs --pinned, the name to pin this run under");
            }

            RunResults? before = parsed.GetValue(against) is { } name ? Baselines.Load(name) : null;
            if (before is null && rolling is null && release is null && gates.FirstOrDefault(g => g.Threshold is not null) is { } needs)
            {
                throw new UsageException($"the gate on {needs.Case} has a threshold, so it needs --base RUN, --nightly NAME or --pinned NAME");
            }

            Gate[] idle = [.. gates.Where(g => !GateCheck.Matching(run, g).Any())];
            foreach (Gate gate in idle)
            {
                line.Errors.WriteLine($"unibench: no case of this run matches the gate on case {gate.Case}, metric {gate.Metric}; unibench list and results.json have the names");
            }

            if (idle.Length > 0)
            {
                return ExitCodes.NothingMeasured;
            }

            Options.CheckReachable(parsed.GetValue(alpha), run.Cases.Select(c => c.Samples.Count).DefaultIfEmpty().Max(), LeastRounds.Paired);
            if (before is not null && !ComparableRuns.Check(before, run, parsed.GetValue(despite) ?? [], line.Errors))
            {
                return ExitCodes.NotComparable;
            }

            IReadOnlyList<GateResult> verdicts = Judge(run, before, [.. new[] { rolling, release }.OfType<NightlyBase>()], gates);
            Write(line, verdicts, parsed.GetValue(junit));
            Keep(line, run, rolling, release, parsed.GetValue(pin), verdicts.All(v => v.Status is GateStatus.Ok or GateStatus.Skipped));
            return (parsed.GetValue(failOn) ?? FailOn.Gating).ExitCode(
                verdicts.Any(v => v is { Status: GateStatus.Regression, Muted: false }),
                verdicts.Any(v => v.Status == GateStatus.Inconclusive),
                verdicts.Any(v => v is { Status: GateStatus.Missing, Muted: false }));
        });
        return command;
    }

    /// <summary>Every gate once, but those with a threshold for each run that there is to compare with.</summary>
    private static IReadOnlyList<GateResult> Judge(RunResults run, RunResults? before, IReadOnlyList<NightlyBase> bases, IReadOnlyList<Gate> gates)
    {
        DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow);
        try
        {
            return bases.Count == 0 ? GateCheck.Of(run, before is null ? null : Compared(before, run), gates, today) :
            [
                .. GateCheck.Of(run, null, [.. gates.Where(g => g.Threshold is null)], today),
                .. from one in bases
                   from verdict in GateCheck.Of(run, one.Run is null ? null : Compared(one.Run, run), [.. gates.Where(g => g.Threshold is not null)], today)
                   select verdict with { Measured = one.Run is null ? one.Why! : $"{one.Name}: {verdict.Measured}" },
            ];
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static Comparison Compared(RunResults before, RunResults run) => Comparison.Of(before, run, new Threshold(0));

    private static void Write(CommandLine line, IReadOnlyList<GateResult> verdicts, string? junit)
    {
        if (junit is not null)
        {
            try
            {
                File.WriteAllText(junit, GateJUnit.Render(verdicts));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"--junit: {e.Message}");
            }
        }

        line.Output.Write(GateText.Render(verdicts));
    }

    /// <summary>What this run becomes a baseline of. A base that cannot be compared with does not keep it from that; a gate that is broken or undecided does.</summary>
    private static void Keep(CommandLine line, RunResults run, NightlyBase? rolling, NightlyBase? release, bool pin, bool everyGateKept)
    {
        foreach ((NightlyBase one, bool wanted) in new[] { (rolling, rolling?.MayReplace ?? false), (release, pin || (release is not null && !Baselines.Names.Contains(release.Name))) }.Where(b => b.Item1 is not null).Select(b => (b.Item1!, b.Item2)))
        {
            if (wanted && everyGateKept)
            {
                Baselines.Save(one.Name, run, replace: true);
            }

            line.Output.WriteLine(
                wanted && everyGateKept ? $"baseline {one.Name}: it is this run from now on"
                : !everyGateKept ? $"baseline {one.Name}: left as it is, for not every gate was kept"
                : $"baseline {one.Name}: left as it is");
        }
    }
}
