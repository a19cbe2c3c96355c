using System.CommandLine;
using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Comparing;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>`unibench bench`: how long commands take, without a scenario.</summary>
internal static class BenchCommand
{
    public const string Name = "bench";
    private const string Separator = "--";
    private static readonly string[] Usual = [BackendRegistry.Reference];

    public static Command Create(CommandLine line)
    {
        Option<IReadOnlyList<string>?> names = Options.Backends($"Backends to run the commands on, {string.Join(", ", Usual)} by default: {string.Join(", ", BackendRegistry.Names)}. Each must be able to run here.");
        Option<int?> rounds = Options.Count("--rounds", $"Measured launches of each command, {RunOptions.DefaultRounds} by default.", 1);
        Option<int?> warmup = Options.Count("--warmup", "Rounds before the measured ones; by default until launches no longer get faster.", 0);
        Option<double?> precision = Options.Of<double?>("--precision", $"Go on until every interval is within this of its value; --rounds is then the most, {Pacing.MostForPrecision} by default.", "PERCENT", t => Percentage.Parse(t));
        Option<TimeSpan?> budget = Options.Of<TimeSpan?>("--time-budget", "Begin no round after this much time: 10m.", "TIME", t => Quantity.ParseTime(t));
        Option<string?> setup = new("--setup") { Description = "Shell command of the host to run once, before everything.", HelpName = "CMD" };
        Option<string?> prepare = new("--prepare") { Description = "Shell command of the host to run before every launch; not measured.", HelpName = "CMD" };
        Option<string?> cleanup = new("--cleanup") { Description = "Shell command of the host to run once, in the end, whatever happened.", HelpName = "CMD" };
        FileGrants grants = new();
        Option<string[]> environment = new("--env") { Description = "Environment variable. There is nothing else but PATH, HOME and LC_ALL. May be repeated.", HelpName = "NAME=VALUE" };
        Option<TimeSpan?> timeout = Options.Of<TimeSpan?>("--timeout", "Limit for one launch, 60s by default.", "TIME", t => Quantity.ParseTime(t));
        Option<string?> directory = new("--out") { Description = "Directory to keep results and report in; by default they are thrown away.", HelpName = "DIR" };
        Command command = new(Name, "Measures how long commands take, side by side in shuffled rounds: unibench bench [options] -- CMD ARGS... [-- CMD ARGS...]")
        {
            names, rounds, warmup, precision, budget, setup, prepare, cleanup, grants.Root, grants.Mounts, environment, timeout, directory,
        };
        command.SetAction(parsed =>
        {
            using Interruption interruption = new();
            string? place = parsed.GetValue(directory);
            if (place is not null && File.Exists(Path.Combine(place, ResultsFile.Name)))
            {
                throw new UsageException($"--out {place}: there is a run already; name another directory");
            }

            RunOptions options = new()
            {
                Backends = parsed.GetValue(names) ?? Usual,
                BackendsRequired = true,
                Rounds = parsed.GetValue(rounds) ?? (parsed.GetValue(precision) is null ? RunOptions.DefaultRounds : Pacing.MostForPrecision),
                WarmupRounds = parsed.GetValue(warmup),
                Precision = parsed.GetValue(precision),
                TimeBudget = parsed.GetValue(budget),
                Timeout = parsed.GetValue(timeout),
                Directory = place,
                Formats = place is null ? [] : null,
                CommandLine = line.Text,
            };
            Dictionary<string, string> called = [];
            Mount[] mounts = grants.Of(parsed);
            Scenario scenario = new(Name);
            foreach (string[] words in Commands(line.Rest))
            {
                Workload workload = scenario.Program(words[0], [.. words.Skip(1)]);
                CaseDeclaration declared = scenario.Case(Unused(words[0], called), workload).Metric(BuiltInMetrics.Wall, "ms", Better.Lower).Metric(BuiltInMetrics.Cpu, "ms", Better.Lower);
                called[declared.Name] = string.Join(' ', words.Select(CommandLine.Quote));
                Furnish(declared, mounts, parsed.GetValue(environment) ?? [], options.Backends);
                if (parsed.GetValue(prepare) is { } before)
                {
                    declared.Prepare(before);
                }
            }

            scenario.Title(string.Join(", ", called.Values));
            using BackendSet set = ScenarioArguments.Make(options, line, Progress.On(line.Errors));
            Host("--setup", parsed.GetValue(setup), interruption.Token);
            try
            {
                return Measure(line, ScenarioPlan.Of(scenario), options, set, interruption, called);
            }
            finally
            {
                Host("--cleanup", parsed.GetValue(cleanup), CancellationToken.None);
            }
        });
        return command;
    }

    private static int Measure(CommandLine line, ScenarioPlan plan, RunOptions options, BackendSet set, Interruption interruption, Dictionary<string, string> called)
    {
        string folder = options.Directory ?? Directory.CreateTempSubdirectory("unibench-bench-").FullName;
        try
        {
            WatchedRun watched = new(Progress.On(line.Errors), TextWriter.Null, interruption, folder);
            MeasuredScenario measured = new ScenarioRunner(options, set, watched).Run(plan, folder, interruption.Token);
            if (measured.Results is { } results)
            {
                line.Output.Write(BenchText.Render(results, called, BuiltInMetrics.Wall, BuiltInMetrics.Cpu));
                line.Output.Write(options.Directory is null ? "" : $"\nresults: {Path.Combine(folder, ResultsFile.Name)}\n");
            }

            return ExitCodes.Of(measured.Ending);
        }
        finally
        {
            if (options.Directory is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <exception cref="UsageException">There is none, or nothing between two separators.</exception>
    private static List<string[]> Commands(IReadOnlyList<string> rest)
    {
        List<List<string>> commands = [[]];
        foreach (string word in rest)
        {
            if (word == Separator)
            {
                commands.Add([]);
            }
            else
            {
                commands[^1].Add(word);
            }
        }

        return commands.All(c => c.Count > 0) ? [.. commands.Select(c => c.ToArray())] : throw new UsageException("which command? unibench bench [options] -- CMD ARGS... [-- CMD ARGS...]");
    }

    /// <summary>A case's name: that of the program, with a number where it is not the first.</summary>
    private static string Unused(string program, Dictionary<string, string> taken)
    {
        string name = string.Concat(Path.GetFileName(program).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_')).TrimStart('.', '-');
        return Enumerable.Range(1, taken.Count + 1).Select(i => i == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i}")).First(n => !taken.ContainsKey(n));
    }

    /// <summary>Every backend gives the same: its commands start in this directory where all of them show it, else in the root.</summary>
    private static void Furnish(CaseDeclaration declared, Mount[] mounts, string[] environment, IReadOnlyList<string> backends)
    {
        mounts.ToList().ForEach(m => declared.Mount(m.HostPath, m.GuestPath, m.Writable));
        foreach (string variable in environment)
        {
            string[] sides = variable.Split('=', 2);
            declared.Env(sides[0], sides.Length == 2 && sides[0].Length > 0 ? sides[1] : throw new UsageException($"--env {variable}: expected NAME=VALUE"));
        }

        string own = Directory.GetCurrentDirectory();
        if (backends.All(b => BackendRegistry.TraitsOf(b).SeesHostFiles || GrantedFiles.IsSamePath(mounts, own)))
        {
            declared.Directory(own);
        }
    }

    private static void Host(string option, string? command, CancellationToken cancellation)
    {
        if (command is not null && HostCommand.Run(command, cancellation) is { } failure)
        {
            throw new UsageException($"{option}: {failure}");
        }
    }
}
