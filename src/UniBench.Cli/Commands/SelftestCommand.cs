using System.CommandLine;
using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Comparing;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>`unibench selftest`: compares a backend with itself, many times; what it finds is false.</summary>
internal static class SelftestCommand
{
    public const string Name = "selftest";
    private const int DefaultRounds = 1000;
    private const double Confidence = 0.95;

    private static readonly string[] Labels = ["A", "B"];

    /// <summary>Short workloads whose numbers are as noisy as those of real scenarios: a call, a hand-over, a fork.</summary>
    private static readonly (string Program, string[] Arguments, string Metric, string Unit)[] Workloads =
    [
        ("null_syscall", ["--count", "20000"], "getppid_ns", "ns"),
        ("pipe_pingpong", ["--count", "500", "--warmup", "50"], "rtt_p50", "ns"),
        ("fork_storm", ["--count", "50"], "fork_exit_wait_p50", "ns"),
    ];

    public static Command Create(CommandLine line)
    {
        Option<string> backend = new("--backend") { Description = $"Compared with itself; {BackendRegistry.Reference} by default.", HelpName = "NAME", DefaultValueFactory = _ => BackendRegistry.Reference };
        backend.AcceptOnlyFromAmong([.. BackendRegistry.Names]);
        Option<int?> rounds = Options.Count("--rounds", $"Launches of each workload under each of two labels, {DefaultRounds} by default; every {SelfComparison.Group} make a comparison.", SelfComparison.Group);
        Option<double?> threshold = Options.Of<double?>("--threshold", "What is called a difference; 5% by default.", "PERCENT", t => Percentage.Parse(t));
        Option<long?> seed = Options.Whole("--seed", "Seed of the shuffled order; random by default.");
        Option<bool> perf = new("--perf") { Description = $"Compare pipe_pingpong with `perf bench sched pipe` instead, {RunOptions.DefaultRounds} rounds of each: do they agree?" };
        Command command = new(Name, "Compares a backend with itself (A/A): how often does a comparison call a difference that is none?") { backend, rounds, threshold, seed, perf };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            using Interruption interruption = new();
            if (parsed.GetValue(perf))
            {
                return Agreement(line, parsed.GetValue(rounds) ?? RunOptions.DefaultRounds, interruption);
            }

            using BackendSet set = new([parsed.GetRequiredValue(backend)], line.Backends);
            if (set.Unavailable.Count > 0)
            {
                line.Errors.WriteLine($"unibench: {set.Unavailable.Single().Key} cannot run here: {set.Unavailable.Single().Value}");
                return ExitCodes.BackendUnavailable;
            }

            long order = parsed.GetValue(seed) ?? Random.Shared.NextInt64(1, 1L << 31);
            double beyond = parsed.GetValue(threshold) ?? VerdictRule.DefaultThreshold;
            ILookup<(string Program, string Label), double> values = Measure(set.All.Values.Single(), parsed.GetValue(rounds) ?? DefaultRounds, order, line, interruption);
            (Better, IReadOnlyList<double>, IReadOnlyList<double>) Pair(string program) => (Better.Lower, [.. values[(program, Labels[0])]], [.. values[(program, Labels[1])]]);
            foreach ((string program, string[] _, string metric, string _) in Workloads)
            {
                Tell(line.Output, $"{program} {metric}", SelfComparison.Of([Pair(program)], beyond, Confidence));
            }

            SelfComparison all = SelfComparison.Of(Workloads.Select(w => Pair(w.Program)), beyond, Confidence);
            Tell(line.Output, "all", all);
            line.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(all.IsTrustworthy ? "ok" : "NOT TRUSTWORTHY")}: at {Confidence * 100:0} % confidence at most {all.Allowed * 100:0} % of comparisons may call a difference (threshold {beyond * 100:0.##} %, seed {order})"));
            return all.IsTrustworthy ? ExitCodes.Ok : ExitCodes.Untrustworthy;
        });
        return command;
    }

    private static int Agreement(CommandLine line, int rounds, Interruption interruption)
    {
        using IBackend process = line.Backends(BackendRegistry.Reference);
        Verdict verdict = PerfAgreement.Check(process, rounds, interruption);
        bool agrees = verdict.Outcome is Outcome.Same or Outcome.Inconclusive;
        line.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(agrees ? "ok" : "DISAGREES")}: a round trip of pipe_pingpong takes {verdict.Estimate.Value:0.000} times [{verdict.Estimate.Interval.Low:0.000}, {verdict.Estimate.Interval.High:0.000}] what perf bench sched pipe measures; within {PerfAgreement.Threshold * 100:0} % is agreement{(verdict.Outcome == Outcome.Inconclusive ? ", and these rounds do not decide it" : "")}"));
        return agrees ? ExitCodes.Ok : ExitCodes.Untrustworthy;
    }

    private static ILookup<(string Program, string Label), double> Measure(
        IBackend backend, int rounds, long seed, CommandLine line, Interruption interruption)
    {
        ProgramCatalog programs = ProgramCatalog.Shipped();
        Progress progress = Progress.On(line.Errors);
        progress.Start($"{backend.Name} compared with itself", rounds);
        CasePoint[] points = [.. Workloads.SelectMany(w => Labels.Select(label => new CasePoint
        {
            Scenario = Name,
            Name = w.Program,
            Params = new Dictionary<string, string> { ["label"] = label },
            Backend = backend.Name,
            Placement = "same",
        }))];
        Dictionary<string, LaunchRequest> requests = Workloads.ToDictionary(w => w.Program, w => new LaunchRequest
        {
            Stages = Workload.Of(programs.Find(w.Program, "/"), w.Program).Args([.. w.Arguments]).Stages,
            Timeout = TimeSpan.FromSeconds(60),
            Cpus = PlacementCpus.Of(Placement.Same, out _),
        });
        List<((string Program, string Label) Key, double Value)> values = [];
        foreach (IReadOnlyList<ScheduledLaunch> block in Schedule.Blocks(points, seed).Take(rounds + 1))
        {
            bool warmup = block[0].Round == 0;
            progress.Block(warmup, warmup ? 1 : block[0].Round, block.Count * (rounds + 1 - block[0].Round));
            foreach (ScheduledLaunch launch in block)
            {
                interruption.Token.ThrowIfCancellationRequested();
                progress.Launching(launch.Case.Id);
                LaunchResult result = interruption.Guard(() => backend.Launch(requests[launch.Case.Name], interruption.Token));
                progress.Skip();
                double value = SampleOf(result, Workloads.Single(w => w.Program == launch.Case.Name).Metric, launch.Case.Name);
                if (!warmup)
                {
                    values.Add(((launch.Case.Name, launch.Case.Params["label"]), value));
                }
            }
        }

        progress.Finish();
        return values.ToLookup(v => v.Key, v => v.Value);
    }

    private static double SampleOf(LaunchResult result, string metric, string program)
    {
        return result.Stages is [{ IsSuccess: true }] && SampleLines.Parse(result.Stdout).Samples.TryGetValue(metric, out (string Unit, double Value) sample)
            ? sample.Value
            : throw new LaunchException($"{program} did not succeed ({result.Outcome}): selftest cannot go on{LaunchVerdict.Errors(result)}");
    }

    private static void Tell(TextWriter output, string what, SelfComparison found) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {found.Comparisons} comparisons of {SelfComparison.Group} rounds, {found.Beyond} called a difference, {found.Clear} intervals excluded 1 ({100.0 * found.Clear / found.Comparisons:0.#} %), estimates up to {(found.Spread - 1) * 100:0.#} % off"));
}
