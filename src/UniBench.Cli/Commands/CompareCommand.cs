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
        Argument<string> before = new("base") { Description = "The run compared with: its directory, its results.json or a baseline's name; of a nightly one that of the machine of the new run." };
        Argument<string?> after = new("new") { Description = "The run that is judged. Without it base is a run with --against, whose two builds are compared.", Arity = ArgumentArity.ZeroOrOne };
        Option<Threshold?> threshold = Options.Of<Threshold?>(
            "--threshold", "What is called a difference; by default auto: 5%, and between that and what the two runs can tell nothing is called the same.", "PERCENT|auto", t => Percentage.ParseThreshold(t));
        Option<double?> alpha = Options.Alpha();
        Option<string[]> cases = new("--case") { Description = "Only cases whose ids match: '*/unikernel/*'.", HelpName = "GLOB" };
        Option<string[]> metrics = new("--metric") { Description = "Only metrics whose names match: 'rtt_*'.", HelpName = "GLOB" };
        Option<bool> relative = new("--relative") { Description = "Compare ratios to the process of the same run: cancels what made the whole machine slower." };
        Option<bool> markdown = new("--markdown") { Description = "Print a Markdown table." };
        Option<IReadOnlyList<string>?> despite = Options.Despite();
        Option<FailOn?> failOn = Options.FailOn("regression");
        Command command = new(Name, "Compares two runs: better, worse, same or inconclusive, by an interval and a threshold.")
        {
            before, after, threshold, alpha, cases, metrics, relative, markdown, despite, failOn,
        };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string[] wantedCases = parsed.GetValue(cases) ?? [];
            string[] wantedMetrics = parsed.GetValue(metrics) ?? [];
            bool Wanted(CaseMetric c) => Matches(wantedCases, c.Id) && Matches(wantedMetrics, c.Metric);
            FailOn fails = parsed.GetValue(failOn) ?? FailOn.Comparing;
            if (parsed.GetValue(after) is not { } judged)
            {
                RunResults both = WithAlpha(Baselines.Load(parsed.GetRequiredValue(before)), parsed.GetValue(alpha));
                return Builds(line, [.. BuildComparison.Of(both).Where(c => Wanted(c.After))], parsed.GetValue(markdown), fails);
            }

            RunResults to = Baselines.Load(judged);
            string ofMachine = NightlyBase.NameOn(to.Environment, parsed.GetRequiredValue(before));
            RunResults from = Baselines.Load(Baselines.Names.Contains(ofMachine) ? ofMachine : parsed.GetRequiredValue(before));
            if (!ComparableRuns.Check(from, to, parsed.GetValue(despite) ?? [], line.Errors))
            {
                return ExitCodes.NotComparable;
            }

            to = WithAlpha(to, parsed.GetValue(alpha));
            Comparison all = Comparison.Of(from, to, parsed.GetValue(threshold) ?? new Threshold(VerdictRule.DefaultThreshold, IsAutomatic: true), parsed.GetValue(relative));
            Comparison comparison = all with { Cases = [.. all.Cases.Where(c => Wanted(c.After))], Missing = [.. all.Missing.Where(Wanted)], Added = [.. all.Added.Where(Wanted)] };
            if (comparison.Cases.Count == 0)
            {
                line.Errors.WriteLine("unibench: the two runs have no case and metric in common that matches");
                return ExitCodes.NothingMeasured;
            }

            Options.CheckReachable(parsed.GetValue(alpha), comparison.Cases.Max(c => c.Verdict?.Estimate.N ?? 0), LeastRounds.Unpaired);
            line.Output.Write(ComparisonText.Render(comparison, parsed.GetValue(markdown)));
            return Code(comparison.Cases, comparison.Missing.Count > 0, fails);
        });
        return command;
    }

    private static int Builds(CommandLine line, IReadOnlyList<ComparedMetric> builds, bool markdown, FailOn fails)
    {
        if (builds.Count == 0)
        {
            line.Errors.WriteLine("unibench: one run alone is compared where it was measured with --against another build, and nothing of it matches here: else name two runs");
            return ExitCodes.NothingMeasured;
        }

        line.Output.Write(ComparisonText.RenderBuilds(builds, markdown));
        return Code(builds, missing: false, fails);
    }

    private static int Code(IReadOnlyList<ComparedMetric> cases, bool missing, FailOn fails) => fails.ExitCode(
        cases.Any(c => c.HasBroken || c.Verdict?.Outcome == Outcome.Worse),
        cases.Any(c => c.Verdict?.Outcome is Outcome.Inconclusive or Outcome.Indistinct || (c.Verdict is null && !c.HasBroken)),
        missing);

    /// <summary>The run, judged with this rate of false alarms instead of its own.</summary>
    internal static RunResults WithAlpha(RunResults run, double? alpha) => run with { Verdicts = run.Verdicts with { Alpha = alpha ?? run.Verdicts.Alpha } };

    private static bool Matches(string[] patterns, string text) =>
        patterns.Length == 0 || patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, text, ignoreCase: false));
}
