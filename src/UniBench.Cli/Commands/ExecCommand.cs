using System.CommandLine;
using UniBench.Backends;
using UniBench.Cli.Running;
using UniBench.Host;
using UniBench.Reports.Timelines;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>`unibench exec`: one program family with its standard streams and exit code passed through.</summary>
internal static class ExecCommand
{
    public const string Name = "exec";

    private static string Engines => string.Join(" and ", BackendRegistry.Engines);

    public static Command Create(CommandLine line)
    {
        Option<string?> backend = new("--backend")
        {
            Description = $"{BackendRegistry.Choice}; by default {BackendRegistry.Engines[0]}, or where that cannot run {string.Join(", ", BackendRegistry.Engines.Skip(1))}, and says so.",
            HelpName = "NAME",
        };
        backend.AcceptOnlyFromAmong([.. BackendRegistry.Names]);
        Option<long?> memory = Options.Of<long?>("--memory", "Memory of each process, 256M by default.", "SIZE", t => Quantity.ParseBytes(t));
        FileGrants grants = new();
        Option<string?> cwd = new("--cwd")
        {
            Description = "Directory that the program starts in, as the program sees it. Default: this one, where the program sees it at the same path; else /.",
            HelpName = "DIR",
        };
        Option<string[]> environment = new("--env") { Description = "Environment variable. There is nothing else but PATH, HOME, LC_ALL, and TERM if set here. May be repeated.", HelpName = "NAME=VALUE" };
        Option<TimeSpan?> timeout = Options.Of<TimeSpan?>("--timeout", "Kills the whole family after this time, exit code 124: 10s, 500ms, 2m.", "TIME", t => Quantity.ParseTime(t));
        Option<bool> stats = new("--stats") { Description = "Prints what it cost as JSON on stderr." };
        Option<bool> trace = new("--trace") { Description = $"Prints system calls and hypercalls on stderr as they happen ({Engines} only)." };
        Option<string?> timelinePath = new("--timeline") { Description = $"Writes what the processes did and waited for, for Perfetto or chrome://tracing ({Engines} only).", HelpName = "FILE" };
        Option<SpinPolicy> spin = Options.Spin();
        Option<bool> noSeccomp = Options.NoSeccomp();
        Command command = new(Name, "Runs one program and everything it forks; what follows the program's name is its own: unibench exec [options] -- PROGRAM ARGS...")
        {
            backend, memory, grants.Root, grants.Mounts, cwd, environment, timeout, stats, trace, timelinePath, spin, noSeccomp,
        };
        command.SetAction(parsed =>
        {
            if (line.Rest.Count == 0)
            {
                throw new UsageException("which program? unibench exec [options] -- PROGRAM ARGS...");
            }

            if (parsed.GetValue(backend) is { } named && !BackendRegistry.TraitsOf(named).IsEngine)
            {
                string? impossible = parsed.GetValue(trace) ? $"--trace: only {Engines} can; for {named} use strace -f"
                    : parsed.GetValue(timelinePath) is not null ? $"--timeline: only {Engines} can; for {named} use perf trace or perf sched timehist"
                    : null;
                if (impossible is not null)
                {
                    throw new UsageException(impossible);
                }
            }

            EnginePlatform.FiltersThreads = !parsed.GetValue(noSeccomp);
            using IBackend? chosen = Choose(parsed.GetValue(backend), line);
            if (chosen is null)
            {
                return ExitCodes.OwnFailure;
            }

            // On a terminal the keys are the program's, as they are for a process; what it did to the terminal is undone.
            using HostTerminal? kept = chosen.Traits.IsEngine ? HostTerminal.TryKeep(0) : null;
            SignalRelay? keys = kept is null ? null : new SignalRelay();
            if (Find(line) is not { } program)
            {
                return ExitCodes.NoProgram;
            }

            using TimelineFile? timeline = LaunchTimeline.Create(parsed.GetValue(timelinePath), line.Errors);
            Mount[] all = grants.Of(parsed);
            LaunchRequest request = new()
            {
                KeepProcesses = parsed.GetValue(stats),
                Stages = [new ProcessSpec(program, [.. line.Rest])],
                Environment = EnvironmentOf(parsed.GetValue(environment) ?? []),
                Stdin = 0,
                Stdout = 1,
                Stderr = 2,
                MemoryBytes = parsed.GetValue(memory) ?? 256L << 20,
                Timeout = parsed.GetValue(timeout),
                Mounts = all,
                WorkingDirectory = DirectoryOf(parsed.GetValue(cwd), chosen.Traits, all),
                TerminalSignals = keys,
                Spin = parsed.GetValue(spin),
                Timeline = timeline is null ? null : new LaunchTimeline(timeline, string.Join(' ', line.Rest)),
                Trace = parsed.GetValue(trace) ? text => line.Errors.WriteLine(text) : null,
            };
            using Interruption interruption = new(keys);
            if (chosen.Refusal(request) is { } refusal)
            {
                throw new UsageException(refusal);
            }

            return Launch(line, chosen, request, interruption, parsed.GetValue(stats));
        });
        return command;
    }

    /// <summary>
    /// The named backend or none at all. Where none is named, the first on our engine that can run; one line says so if it is not the first of all. A Linux process
    /// stands in for neither.
    /// </summary>
    private static IBackend? Choose(string? named, CommandLine line)
    {
        List<(string Name, Availability Why)> without = [];
        foreach (string name in named is null ? BackendRegistry.Engines : [named])
        {
            IBackend backend = line.Backends(name);
            Availability probe = backend.Probe();
            if (probe.IsAvailable)
            {
                if (without.Count > 0)
                {
                    string isolation = backend.Traits.Words.GetValueOrDefault("en")?.Isolation ?? "no VM";
                    line.Errors.WriteLine($"unibench: {string.Join("; ", without.Select(w => $"{w.Name} cannot run here: {w.Why.Reason}"))}; running as --backend {name}: {isolation}");
                }

                return backend;
            }

            backend.Dispose();
            without.Add((name, probe));
        }

        without.ForEach(w => line.Errors.WriteLine($"unibench: {w.Name} cannot run here: {w.Why.Reason}: {w.Why.Advice}"));
        return null;
    }

    private static int Launch(CommandLine line, IBackend backend, LaunchRequest request, Interruption interruption, bool stats)
    {
        LaunchResult result;
        try
        {
            result = interruption.Guard(() => backend.Launch(request, interruption.Token));
        }
        catch (LaunchException e)
        {
            line.Errors.WriteLine($"unibench: {e.Message}");
            return ExitCodes.CannotRun;
        }

        foreach (string note in result.Notes)
        {
            line.Errors.WriteLine($"unibench: {note}");
        }

        // C libraries try calls that they can do without, so this is news only when something went wrong.
        if (result.UnsupportedCalls.Count > 0 && (request.Trace is not null || !result.Stages[^1].IsSuccess))
        {
            line.Errors.WriteLine($"unibench: system calls refused with ENOSYS: {string.Join(", ", result.UnsupportedCalls.Select(c => $"{c.Key} ({c.Value})"))}");
        }

        if (stats)
        {
            line.Errors.WriteLine(LaunchStatistics.ToJson(result));
        }

        switch (result.Outcome)
        {
            case FamilyOutcome.TimedOut:
                line.Errors.WriteLine(FormattableString.Invariant($"unibench: did not end within {request.Timeout!.Value.TotalSeconds:0.###} s and was killed"));
                return ExitCodes.TimedOut;
            case FamilyOutcome.Cancelled:
                line.Errors.WriteLine("unibench: interrupted; every process was killed");
                return ExitCodes.Interrupted;
            default:
                return result.Stages[^1].ShellCode;
        }
    }

    /// <returns>Null where there is none, which was said.</returns>
    private static string? Find(CommandLine line)
    {
        try
        {
            return ProgramCatalog.Shipped().Find(line.Rest[0], Directory.GetCurrentDirectory());
        }
        catch (ScenarioException e)
        {
            line.Errors.WriteLine($"unibench: {e.Message}");
            return null;
        }
    }

    /// <summary>The given directory; else this process's own, which a Linux process sees in any case and others through a mount at its own path.</summary>
    private static string DirectoryOf(string? given, BackendTraits backend, IReadOnlyList<Mount> mounts)
    {
        if (given is not null)
        {
            return given.StartsWith('/') ? given : throw new UsageException($"--cwd {given}: expected an absolute path, as the program sees it");
        }

        string own = Directory.GetCurrentDirectory();
        return backend.SeesHostFiles || GrantedFiles.IsSamePath(mounts, own) ? own : "/";
    }

    private static IReadOnlyList<string> EnvironmentOf(string[] given)
    {
        string? wrong = given.FirstOrDefault(e => e.IndexOf('=', StringComparison.Ordinal) < 1);
        if (wrong is not null)
        {
            throw new UsageException($"--env {wrong}: expected NAME=VALUE");
        }

        string? terminal = Environment.GetEnvironmentVariable("TERM");
        string[] all = [.. PlannedCases.Environment, .. string.IsNullOrEmpty(terminal) ? [] : new[] { $"TERM={terminal}" }, .. given];
        return PlannedCases.Merged(all);
    }
}
