using System.CommandLine;
using System.Diagnostics;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>`unibench micro`: the engine's own benchmarks, with results and a report like those of a scenario.</summary>
internal static class MicroCommand
{
    public const string Name = "micro";
    private const string Variable = "UNIBENCH_BENCHMARKS";
    private const string Assembly = "UniBench.Benchmarks.dll";

    public static Command Create(CommandLine line)
    {
        Option<string> filter = new("--filter") { Description = "Benchmarks whose names match: '*Ring*'. All by default.", HelpName = "GLOB", DefaultValueFactory = _ => "*" };
        Option<bool> quick = new("--quick") { Description = "Three iterations of each: a first look." };
        Option<string?> directory = new("--out") { Description = "Directory for results and report; reports/DATE-micro by default.", HelpName = "DIR" };
        Command command = new(Name, "Measures the engine's own operations with BenchmarkDotNet and writes a report.") { filter, quick, directory };
        command.SetAction(parsed =>
        {
            line.RefuseRest(Name);
            string benchmarks = Find();
            string folder = parsed.GetValue(directory) ?? RunCommand.FreshDirectory(Name);
            string artifacts = Directory.CreateTempSubdirectory("unibench-micro-").FullName;
            try
            {
                int code = Measure(benchmarks, parsed.GetRequiredValue(filter), parsed.GetValue(quick), artifacts);
                if (code != 0)
                {
                    line.Errors.WriteLine(FormattableString.Invariant($"unibench: the benchmarks ended with exit code {code}; what they printed is above"));
                    return ExitCodes.WorkloadFailed;
                }

                using LaunchLog? log = MicroResults.Read(artifacts, folder, Environment(line.Text));
                if (log is null)
                {
                    line.Errors.WriteLine($"unibench: no benchmark matches {parsed.GetRequiredValue(filter)}");
                    return ExitCodes.NothingMeasured;
                }

                line.Output.Write(SummaryText.Render(log.WriteReport(interrupted: false)));
                line.Output.WriteLine($"\nreport: {Path.Combine(folder, ReportWriter.MarkdownName)}\nresults: {Path.Combine(folder, ResultsFile.Name)}");
                return ExitCodes.Ok;
            }
            finally
            {
                Directory.Delete(artifacts, recursive: true);
            }
        });
        return command;
    }

    /// <summary>A tool package brings them along; in the source tree they lie beside the tests; a variable names others.</summary>
    private static string Find()
    {
        if (System.Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return File.Exists(given) ? given : throw new UsageException($"{Variable}={given}: there is no such file");
        }

        string shipped = Path.Combine(AppContext.BaseDirectory, "benchmarks", Assembly);
        if (File.Exists(shipped))
        {
            return shipped;
        }

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string found = Path.Combine(at.FullName, "tests", "UniBench.Benchmarks", "bin", "Release", "net10.0", Assembly);
            if (File.Exists(found))
            {
                return found;
            }
        }

        throw new UsageException($"micro: {Assembly} is not built: ./run.sh build builds it in the source tree, a tool package brings it along, {Variable} names another");
    }

    /// <summary>In a process of its own, and inside that process: no compiler is needed, and one VM pool serves all.</summary>
    private static int Measure(string benchmarks, string filter, bool quick, string artifacts)
    {
        string[] arguments =
        [
            benchmarks, "--inProcess", "--filter", filter, "--exporters", "fulljson", "--artifacts", artifacts, "--job", quick ? "Short" : "Default",
        ];
        ProcessStartInfo start = new(System.Environment.ProcessPath is { } own && Path.GetFileName(own) == "dotnet" ? own : "dotnet", arguments)
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start) ?? throw new UsageException("micro: dotnet was not started");
        process.StandardOutput.BaseStream.CopyTo(Console.OpenStandardError()); // progress; stdout is for the summary
        process.WaitForExit();
        return process.ExitCode;
    }

    private static RunEnvironment Environment(string commandLine)
    {
        RunOptions options = new()
        {
            Rounds = 0,
            WarmupRounds = 0,
            Seed = 0,
            CommandLine = commandLine,
        };
        return HostEnvironment.Describe(options, [], new Dictionary<string, IBackend>());
    }
}
