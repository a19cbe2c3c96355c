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
        Option<string?> junit = new("--junit") { Description = "Write the verdicts as JUnit XML, too.", HelpName = "FILE" };
        Option<double?> alpha = Options.Alpha();
        Option<IReadOnlyList<string>?> despite = Options.Despite();
        Option<FailOn?> failOn = Options.FailOn();
        Command command = new(Name, "Judges a run by the rules of gates.toml; exit status 10 is a regression.") { results, file, against, alpha, junit, despite, failOn };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            IReadOnlyList<Gate> gates = GateFile.Read(parsed.GetRequiredValue(file));
            RunResults run = CompareCommand.WithAlpha(Baselines.Load(parsed.GetRequiredValue(results)), parsed.GetValue(alpha));
            RunResults? before = parsed.GetValue(against) is { } name ? Baselines.Load(name) : null;
            if (before is null && gates.FirstOrDefault(g => g.Threshold is not null) is { } needs)
            {
                throw new UsageException($"the gate on {needs.Case} has a threshold, so it needs --base RUN");
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

            return Judge(line, run, before, gates, parsed.GetValue(junit), parsed.GetValue(failOn) ?? FailOn.Default);
        });
        return command;
    }

    private static int Judge(CommandLine line, RunResults run, RunResults? before, IReadOnlyList<Gate> gates, string? junit, FailOn failOn)
    {
        IReadOnlyList<GateResult> verdicts;
        try
        {
            verdicts = GateCheck.Of(run, before is null ? null : Comparison.Of(before, run, new Threshold(0)), gates, DateOnly.FromDateTime(DateTime.UtcNow));
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }

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
        return failOn.ExitCode(
            verdicts.Any(v => v is { Status: GateStatus.Regression, Muted: false }),
            verdicts.Any(v => v.Status == GateStatus.Inconclusive),
            verdicts.Any(v => v.Case.Status == CaseStatus.NotRun));
    }
}
