using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace UniBench.Cli.Commands;

/// <summary>Help as usual, then examples to copy.</summary>
internal sealed class HelpWithExamples(HelpAction usual, TextWriter output) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string[]> Examples = new()
    {
        [RunCommand.Name] =
        [
            "unibench run scenarios/pipeline.csx",
            "unibench run scenarios/pipeline.csx --quick -p size=1,4k --placement same",
            "unibench run scenarios/forkstorm.csx --backends unikernel,process --rounds 40 --out results/forks",
        ],
        [ExecCommand.Name] =
        [
            "unibench exec -- pipe_pingpong --count 100000",
            "unibench exec --trace --stats -- ./a.out argument",
            "unibench exec --root / --cwd /etc -- busybox sh -c 'wc -l passwd'",
            "unibench exec --backend container --mount /data:/data:rw -- /usr/bin/busybox ls /data",
        ],
        [TestCommand.Name] = ["unibench test scenarios", "unibench test scenarios/shell.csx --backends unikernel,process --junit test.xml"],
        [PlanCommand.Name] = ["unibench plan scenarios/pipeline.csx -p size=1"],
        [CheckCommand.Name] = ["unibench check scenarios"],
        [InitCommand.Name] = ["unibench init mine && unibench run mine.csx --quick"],
        [WatchCommand.Name] = ["unibench watch mine.csx", "unibench watch mine.csx --rounds 3 --backends unikernel"],
        [ReplCommand.Name] = ["unibench repl", "echo 'Case(\"hi\", Program(\"hello\")).Metric(\"wall_ms\", \"ms\", Lower); Run()' | unibench repl"],
        [SelftestCommand.Name] = ["unibench selftest", "unibench selftest --backend unikernel --rounds 1000"],
        [MicroCommand.Name] = ["unibench micro", "unibench micro --quick --filter '*Clone*'"],
        [DoctorCommand.Name] = ["unibench doctor"],
        [ListCommand.Name] = ["unibench list", "unibench list scenarios/pipeline.csx --format json"],
        [CompareCommand.Name] =
        [
            "unibench compare reports/2026-11-22-pipeline reports/2026-11-23-pipeline",
            "unibench compare nightly reports/2026-11-23-pipeline --threshold 10% --metric 'rtt_*' --relative",
        ],
        [GateCommand.Name] = ["unibench gate reports/2026-11-23-pipeline --gates gates.toml --base nightly --junit gates.xml"],
        [BaselineCommand.Name] = ["unibench baseline save nightly reports/2026-11-23-pipeline --replace", "unibench baseline list"],
        [HistoryCommand.Name] = ["unibench history add reports/2026-11-23-pipeline", "unibench history show --case '*/unikernel/*'", "unibench history plot --out trend"],
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
        "unibench doctor", "unibench list", "unibench run scenarios/pipeline.csx --quick", "unibench exec -- hello",
    ];

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        output.WriteLine("Examples:");
        foreach (string example in Examples.GetValueOrDefault(parseResult.CommandResult.Command.Name, Overview))
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
        output.WriteLine("Exit codes: 0 ok, 1 internal error, 2 usage or script error, 3 a workload failed, 4 a backend cannot run here,");
        output.WriteLine("5 nothing measured or matched, 6 not comparable, 10 regression, 11 inconclusive (when asked for),");
        output.WriteLine("12 the measuring cannot be trusted, 130 interrupted (what was measured is kept). exec passes its program's code through.");
        return code;
    }
}
