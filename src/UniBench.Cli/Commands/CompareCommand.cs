using System.CommandLine;
using System.IO.Enumeration;
using UniBench.Cli.Comparing;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports.Comparisons;

namespace UniBench.Cli.Commands;

/// <summary>`unibench compare`: two runs, case by case, with verdicts.</summary>
internal static class CompareCommand
{
    public const string Name = "compare";

    public static Command Create(CommandLine line)
    {
        Argument<string> before = new("base") { Description = "The run compared with: its directory, its results.json or a baseline's name." };
        Argument<string> after = new("new") { Description = "The run that is judged." };
        Option<Threshold?> threshold = Options.Of<Threshold?>(
            "--threshold", "What is called a difference; by default auto: 5%, or for each metric what the two runs can tell if that is more.", "PERCENT|auto", t => Percentage.ParseThreshold(t));
        Option<double?> alpha = Options.Alpha();
        Option<string[]> cases = new("--case") { Description = "Only cases whose ids match: '*/unikernel/*'.", HelpName = "GLOB" };
        Option<string[]> metrics = new("--metric") { Description = "Only metrics whose names match: 'rtt_*'.", HelpName = "GLOB" };
        Option<bool> relative = new("--relative") { Description = "Compare ratios to the process of the same run: cancels what made the whole machine slower." };
        Option<bool> markdown = new("--markdown") { Description = "Print a Markdown table." };
        Option<IReadOnlyList<string>?> despite = Options.Despite();
        Option<FailOn?> failOn = Options.FailOn();
        Command command = new(Name, "Compares two runs: better, worse, same or inconclusive, by an interval and a threshold.")
        {
            before, after, threshold, alpha, cases, metrics, relative, markdown, despite, failOn,
        };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            RunResults from = Baselines.Load(parsed.GetRequiredValue(before));
            RunResults to = Baselines.Load(parsed.GetRequiredValue(after));
            if (!ComparableRuns.Check(from, to, parsed.GetValue(despite) ?? [], line.Errors))
            {
                return ExitCodes.NotComparable;
            }

            to = WithAlpha(to, parsed.GetValue(alpha));
            string[] wantedCases = parsed.GetValue(cases) ?? [];
            string[] wantedMetrics = parsed.GetValue(metrics) ?? [];
            bool Wanted(CaseMetric c) => Matches(wantedCases, c.Id) && Matches(wantedMetrics, c.Metric);
            Comparison all = Comparison.Of(from, to, parsed.GetValue(threshold) ?? new Threshold(VerdictRule.DefaultThreshold, IsAutomatic: true), parsed.GetValue(relative));
            Comparison comparison = all with { Cases = [.. all.Cases.Where(c => Wanted(c.After))], Missing = [.. all.Missing.Where(Wanted)], Added = [.. all.Added.Where(Wanted)] };
            if (comparison.Cases.Count == 0)
            {
                line.Errors.WriteLine("unibench: the two runs have no case and metric in common that matches");
                return ExitCodes.NothingMeasured;
            }

            Options.CheckReachable(parsed.GetValue(alpha), comparison.Cases.Max(c => c.Verdict?.Estimate.N ?? 0), LeastRounds.Unpaired);
            line.Output.Write(ComparisonText.Render(comparison, parsed.GetValue(markdown)));
            return (parsed.GetValue(failOn) ?? FailOn.Default).ExitCode(
                comparison.Cases.Any(c => c.HasBroken || c.Verdict?.Outcome == Outcome.Worse),
                comparison.Cases.Any(c => c.Verdict?.Outcome == Outcome.Inconclusive || (c.Verdict is null && !c.HasBroken)),
                comparison.Missing.Count > 0);
        });
        return command;
    }

    /// <summary>The run, judged with this rate of false alarms instead of its own.</summary>
    internal static RunResults WithAlpha(RunResults run, double? alpha) => run with { Verdicts = run.Verdicts with { Alpha = alpha ?? run.Verdicts.Alpha } };

    private static bool Matches(string[] patterns, string text) =>
        patterns.Length == 0 || patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, text, ignoreCase: false));
}
