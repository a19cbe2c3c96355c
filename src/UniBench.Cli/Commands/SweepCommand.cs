using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using UniBench.Cli.Comparing;
using UniBench.Cli.Running;
using UniBench.Cli.Sweeping;
using UniBench.Reports;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Cli.Commands;

/// <summary>`unibench sweep`: one run, shared out to machines.</summary>
internal static class SweepCommand
{
    public const string Name = "sweep";
    private const string Rounds = "rounds";

    // Between shards of one sweep: what a machine's caches and clocks are that day is part of what a random effect stands for.
    private static readonly string[] MayDiffer = ["distance", "speed"];
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public static Command Create(CommandLine line)
    {
        ScenarioArguments scenarios = new("Scenario script (.csx). What follows -- is its own, as Args.");
        Option<string> on = new("--on") { Description = "Who runs the shards: slurm, a node for each; or local, this machine, one behind the other.", HelpName = "slurm|local", DefaultValueFactory = _ => "local" };
        on.AcceptOnlyFromAmong("slurm", "local");
        Option<string> by = new("--by") { Description = "What is shared out: whole rounds, or the values of a parameter.", HelpName = "rounds|PARAM", DefaultValueFactory = _ => Rounds };
        Option<int?> nodes = Options.Count("--nodes", "How many shards; 1 by default, with --by PARAM one for each value.", 1);
        Option<string?> partition = new("--partition") { Description = "Slurm's partition.", HelpName = "NAME" };
        Option<string[]> sbatch = new("--sbatch") { Description = "Further option of sbatch, such as --sbatch=--time=2:00:00. May be repeated.", HelpName = "OPTION" };
        Option<int?> rounds = Options.Count("--rounds", $"Measured launches of each case on all machines together, {RunOptions.DefaultRounds} by default.", 1);
        Option<int?> warmup = Options.Count("--warmup", "Rounds before the measured ones, on each machine; by default until launches no longer get faster.", 0);
        Option<long?> seed = new("--seed") { Description = "Seed of the shuffled order of shard 0, the next one's is one more; random by default.", HelpName = "N" };
        Option<string> directory = new("--out") { Description = "Directory of the sweep, which all machines see; the merged run is written there.", HelpName = "DIR", Required = true };
        Option<bool> resume = new("--resume") { Description = "Go on with the sweep in --out: what has failed or is missing is run again, the rest stays." };
        Option<IReadOnlyList<string>?> despite = Options.Despite();
        Option<IReadOnlyList<ReportFormat>?> formats = ReportFormats.Option();
        Option<bool> dry = new("--dry-run") { Description = "Print the shards and write nothing." };
        Command command = new(Name, "Measures one scenario on several machines: shares it out, runs the shards, and merges their runs into one.");
        scenarios.AddTo(command);
        new Option[] { on, by, nodes, partition, sbatch, rounds, warmup, seed, directory, resume, despite, formats, dry }.ToList().ForEach(command.Add);
        Option[] passed = [.. scenarios.OwnOptions, warmup];
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            IReadOnlyList<ScenarioPlan> plans = scenarios.Read(parsed, line, interruption.Token);
            if (plans.Count != 1)
            {
                throw new UsageException($"{Name} takes one scenario, not {plans.Count}");
            }

            string folder = Path.GetFullPath(parsed.GetRequiredValue(directory));
            SweepPlan? begun = parsed.GetValue(resume) ? SweepPlan.Load(folder) : null;
            long first = parsed.GetValue(seed) ?? begun?.FirstSeed ?? Random.Shared.NextInt64(1, 1L << 31);
            SweepPlan plan = PlanOf(plans[0], parsed.GetValue(by)!, parsed.GetValue(nodes), parsed.GetValue(rounds) ?? RunOptions.DefaultRounds, Passed(parsed, passed), first, line.Rest);
            if (parsed.GetValue(dry))
            {
                plan.Shards.ToList().ForEach(s => line.Output.WriteLine($"shard {s.Number}: {s.What}: unibench run {string.Join(' ', s.Arguments.Concat(plan.Rest.Count > 0 ? plan.Rest.Prepend("--") : []).Select(CommandLine.Quote))}"));
                return ExitCodes.Ok;
            }

            Check(plan, begun, folder);
            SweepFolder files = new(folder, plan);
            plan.Save(folder);
            string[] options = [.. parsed.GetValue(partition) is { } name ? [$"--partition={name}"] : Array.Empty<string>(), .. parsed.GetValue(sbatch) ?? []];
            ISweepExecutor executor = parsed.GetValue(on) == "slurm" ? new SlurmExecutor(files, $"unibench-{plans[0].Name}", options, Pause) : new LocalExecutor(files);
            Sweep sweep = new(plan, files, executor, line);
            int code = sweep.Run(interruption.Token);
            return code != ExitCodes.Ok ? code
                : MergedRun.Write([.. plan.Shards.Select(files.Run)], folder, parsed.GetValue(formats), [.. MayDiffer, .. parsed.GetValue(despite) ?? []], line);
        });
        return command;
    }

    private static SweepPlan PlanOf(ScenarioPlan scenario, string by, int? nodes, int rounds, IReadOnlyList<string> passed, long seed, IReadOnlyList<string> rest)
    {
        IReadOnlyList<SweepShard> shards;
        if (by == Rounds)
        {
            shards = SweepPlan.ByRounds(rounds, nodes ?? 1, i => Arguments(i, passed));
        }
        else
        {
            IReadOnlyList<string> values = scenario.ValuesOf(by);
            if (values.Count == 0)
            {
                throw new UsageException($"--by {by}: {scenario.Path} has no parameter of that name: {string.Join(", ", scenario.Parameters.DefaultIfEmpty("it has none"))}");
            }

            shards = SweepPlan.ByParameter(by, values, rounds, nodes ?? values.Count, i => Arguments(i, Without(passed, by)));
        }

        return new SweepPlan(scenario.Path, Directory.GetCurrentDirectory(), rest, shards);

        IReadOnlyList<string> Arguments(int shard, IReadOnlyList<string> more) => [scenario.Path, .. more, SweepPlan.Seed, (seed + shard).ToString(CultureInfo.InvariantCulture)];
    }

    private static void Check(SweepPlan plan, SweepPlan? begun, string folder)
    {
        if (begun is not null && !plan.IsSame(begun))
        {
            throw new UsageException($"--resume: the sweep in {folder} was begun with other options, or another scenario; {SweepPlan.FileName} there has them");
        }

        if (begun is null && (File.Exists(Path.Combine(folder, SweepPlan.FileName)) || File.Exists(Path.Combine(folder, ResultsFile.Name))))
        {
            throw new UsageException($"{folder}: there is a sweep or a run already; --resume goes on with a sweep");
        }
    }

    /// <summary>Options of this call that are those of `run`, too, as they were given.</summary>
    private static string[] Passed(ParseResult parsed, IEnumerable<Option> options) =>
    [
        .. options.Select(o => parsed.GetResult(o)).OfType<OptionResult>().Where(r => !r.Implicit)
            .SelectMany(r => r.Tokens.Count == 0 ? [r.Option.Name] : r.Tokens.SelectMany(t => (string[])[r.Option.Name, t.Value])),
    ];

    /// <summary>The values of a parameter that is shared out are a shard's own.</summary>
    private static List<string> Without(IReadOnlyList<string> passed, string parameter)
    {
        List<string> kept = [.. passed];
        for (int i = kept.FindIndex(a => a.StartsWith($"{parameter}=", StringComparison.Ordinal)); i > 0; i = kept.FindIndex(a => a.StartsWith($"{parameter}=", StringComparison.Ordinal)))
        {
            kept.RemoveRange(i - 1, 2);
        }

        return kept;
    }
}
