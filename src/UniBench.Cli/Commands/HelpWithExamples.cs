using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace UniBench.Cli.Commands;

/// <summary>Help as usual, then examples to copy.</summary>
internal sealed class HelpWithExamples(HelpAction usual, TextWriter output) : SynchronousCommandLineAction
{
    /// <summary>By command. Shipped scenarios are called by their names, which works in any directory.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Examples = new Dictionary<string, string[]>
    {
        [RunCommand.Name] =
        [
            "unibench run pipeline",
            "unibench run pipeline --quick -p size=1,4k --placement same",
            "unibench run pipeline --case 'rtt*' --case chain",
            "unibench run forkstorm --backends unikernel,process --rounds 40 --out results/forks",
        ],
        [ExecCommand.Name] =
        [
            "unibench exec -- pipe_pingpong --count 100000",
            "unibench exec --trace --stats -- ./a.out argument",
            "unibench exec --root / --cwd /etc -- busybox sh -c 'wc -l passwd'",
            "unibench exec --backend sandbox -- /usr/bin/busybox sh -c 'echo $$'",
            "unibench exec --backend container --mount /data:/data:rw -- /usr/bin/busybox ls /data",
        ],
        [BenchCommand.Name] =
        [
            "unibench bench -- sort big.txt",
            "unibench bench --prepare 'sync' --rounds 40 -- gzip -k -f big.txt -- zstd -f big.txt",
            "unibench bench --backends unikernel,sandbox,process -- pipe_pingpong --count 1000",
        ],
        [TestCommand.Name] = ["unibench test scenarios", "unibench test scenarios -x --last-failed", "unibench test faults --backends unikernel,process --junit test.xml"],
        [PlanCommand.Name] = ["unibench plan pipeline -p size=1"],
        [CheckCommand.Name] = ["unibench check mine.csx", "unibench check scenarios"],
        [InitCommand.Name] = ["unibench init mine && unibench run mine.csx --quick"],
        [EditorCommand.Name] = ["unibench editor", "unibench editor ~/thesis/scenarios"],
        [WatchCommand.Name] = ["unibench watch mine.csx", "unibench watch mine.csx --rounds 3 --backends unikernel"],
        [ReplCommand.Name] = ["unibench repl", "echo 'Case(\"hi\", Program(\"hello\")).Metric(\"wall_ms\", \"ms\", Lower); Run()' | unibench repl"],
        [SelftestCommand.Name] = ["unibench selftest", "unibench selftest --backend unikernel --rounds 1000", "unibench selftest --perf"],
        [MicroCommand.Name] = ["unibench micro", "unibench micro --quick --filter '*Clone*'"],
        [CompletionCommand.Name] = ["source <(unibench completion bash)"],
        [ManCommand.Name] = ["unibench man | man -l -"],
        [DoctorCommand.Name] = ["unibench doctor"],
        [ListCommand.Name] = ["unibench list", "unibench list pipeline --format json"],
        [FillCommand.Name] = ["unibench report reports/2026-11-23-pipeline --format json -o docs/measured/pipeline.json && unibench fill README.md --from docs/measured/pipeline.json"],
        [SweepCommand.Name] =
        [
            "unibench sweep pipeline --on slurm --nodes 20 --partition main --rounds 100 --out /home/me/evaluation",
            "unibench sweep pipeline --on slurm --by size --rounds 40 --sbatch=--time=2:00:00 --out /home/me/sizes",
            "unibench sweep pipeline --on slurm --nodes 20 --partition main --rounds 100 --out /home/me/evaluation --resume",
        ],
        [MergeCommand.Name] = ["unibench merge reports/night-1 reports/night-2 --out reports/both"],
        [CompareCommand.Name] =
        [
            "unibench compare reports/2026-11-22-pipeline reports/2026-11-23-pipeline",
            "unibench run pipeline --against v0.1.0 --rounds 40 --out o && unibench compare o",
            "unibench compare nightly reports/2026-11-23-pipeline --threshold 10% --metric 'rtt_*' --relative",
        ],
        [GateCommand.Name] = ["unibench gate reports/2026-11-23-pipeline --gates gates.toml --base nightly --junit gates.xml", "unibench gate reports/2026-11-23-pipeline --nightly nightly-pipeline --pinned release-pipeline"],
        [BaselineCommand.Name] = ["unibench baseline save nightly reports/2026-11-23-pipeline --replace", "unibench baseline list", "unibench baseline rm nightly"],
        [HistoryCommand.Name] = ["unibench history add reports/2026-11-23-pipeline", "unibench history show --case '*/unikernel/*'", "unibench history check --gates gates.toml --accepted accepted.toml", "unibench history plot --out trend"],
        [TimelineCommand.Name] =
        [
            "unibench exec --timeline t.json --root / -- busybox sh -c 'seq 1 100000 | sort -rn | head -n 1' && unibench timeline t.json",
            "unibench timeline t.json --launch rtt --from 2ms --to 3ms -o rtt.svg",
        ],
        [ReportCommand.Name] =
        [
            "unibench report reports/2026-11-23-pipeline",
            "unibench report reports/2026-11-23-pipeline --format csv -o rounds.csv",
            "unibench report reports/2026-11-23-pipeline --format tex --lang el -o thesis/pipeline",
            "unibench report epyc=reports/host-a xeon=reports/host-b --format html -o hosts.html",
        ],
    };

    private static readonly string[] Overview =
    [
        "unibench doctor", "unibench list", "unibench run pipeline --quick", "unibench exec -- hello",
    ];

    /// <summary>What unibench's own exit status means.</summary>
    public static readonly IReadOnlyList<(string Code, string Meaning)> ExitStatus =
    [
        ("0", "Ok."),
        ("1", "Internal error."),
        ("2", "Usage or script error, or a file that cannot be read or written."),
        ("3", "A workload failed."),
        ("4", "A backend cannot run here."),
        ("5", "Nothing was measured, or nothing matched."),
        ("6", "Two runs are not comparable."),
        ("10", "A regression, or a number that is not what the scenario requires."),
        ("11", "Inconclusive, where that was asked for."),
        ("12", "The measuring cannot be trusted here."),
        ("124", "The program of exec exceeded its time limit. Otherwise exec passes its program's own status through."),
        ("125", "exec itself failed: wrong options, or no backend that can run here."),
        ("126", "The program of exec cannot be run."),
        ("127", "There is no such program for exec."),
        ("130", "Interrupted; what was measured is kept."),
    ];

    /// <summary>What commands can end with, beside 0, 1 and 2.</summary>
    private static readonly Dictionary<string, string[]> OwnStatus = new()
    {
        [RunCommand.Name] = ["3", "4", "5", "10", "130"],
        [BenchCommand.Name] = ["3", "4", "5", "130"],
        [ExecCommand.Name] = ["124", "125", "126", "127", "130"],
        [TestCommand.Name] = ["3", "4", "5", "130"],
        [PlanCommand.Name] = ["5", "130"],
        [WatchCommand.Name] = ["3", "4", "5", "10", "130"],
        [ReplCommand.Name] = ["130"],
        [DoctorCommand.Name] = ["4"],
        [MicroCommand.Name] = ["3", "5"],
        [SelftestCommand.Name] = ["4", "12", "130"],
        [MergeCommand.Name] = ["6"],
        [CompareCommand.Name] = ["5", "6", "10", "11"],
        [GateCommand.Name] = ["5", "6", "10", "11"],
        [HistoryCommand.Name] = ["5", "10"],
    };

    /// <summary>Those of a subcommand are its command's that call it.</summary>
    private static IEnumerable<string> Of(CommandResult at)
    {
        string[] path = [.. PathOf(at)];
        return path.Length == 0 ? Overview
            : path.Length == 1 ? Examples[path[0]]
            : Examples[path[0]].Where(e => e.StartsWith($"unibench {string.Join(' ', path)}", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Code, string Meaning)> StatusOf(CommandResult at) => PathOf(at).FirstOrDefault() is not { } command ? ExitStatus
        : command == ExecCommand.Name ? ExitStatus.Where(s => OwnStatus[command].Contains(s.Code))
        : ExitStatus.Where(s => s.Code is "0" or "1" or "2" || (OwnStatus.GetValueOrDefault(command)?.Contains(s.Code) ?? false));

    private static IEnumerable<string> PathOf(CommandResult at) => at.Parent is CommandResult parent ? PathOf(parent).Append(at.Command.Name) : [];

    public override int Invoke(ParseResult parseResult)
    {
        using StringWriter text = new();
        parseResult.InvocationConfiguration.Output = text;
        int code = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(OptionGroups.Of(text.ToString()));
        output.WriteLine("Examples:");
        foreach (string example in Of(parseResult.CommandResult))
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        output.WriteLine("Exit status:");
        foreach ((string number, string meaning) in StatusOf(parseResult.CommandResult))
        {
            output.WriteLine($"  {number,-4} {meaning}");
        }

        return code;
    }
}
