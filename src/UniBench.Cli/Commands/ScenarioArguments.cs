using System.CommandLine;
using System.Globalization;
using UniBench.Backends;
using UniBench.Cli.Running;
using UniBench.Host;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>What every command takes that reads scenarios to launch them.</summary>
internal sealed class ScenarioArguments
{
    private readonly Argument<string[]> scripts;

    private readonly Option<IReadOnlyList<string>?> names = Options.Backends(
        $"Backends to measure, by default those that can run here of {string.Join(',', BackendRegistry.Usual)}. One that is named must be able to run.");

    private readonly Option<string[]> parameters = new("--param", "-p")
    {
        Description = "Values of a parameter instead of the scenario's; k, m, g are powers of 1024.",
        HelpName = "NAME=VALUE,...",
    };

    private readonly Option<string[]> cases = new("--case")
    {
        Description = "Only cases whose id, or name, fits this pattern with * and ?, or whose id has this part: 'rtt*', unikernel/same. May be repeated.",
        HelpName = "PATTERN",
    };

    private readonly Option<Placement?> placement = Options.Of<Placement?>("--placement", "CPUs for every case, instead of its own choice: free, same or cross.", "free|same|cross", ParsePlacement).Offering("free", "same", "cross");
    private readonly Option<TimeSpan?> timeout = Options.Of<TimeSpan?>("--timeout", "Limit for one launch, instead of the case's own: 10s, 500ms, 2m.", "TIME", t => Quantity.ParseTime(t));
    private readonly Option<SpinPolicy> spin = Options.Spin();
    private readonly Option<bool> noSeccomp = Options.NoSeccomp();
    private readonly Option<CpuMask?> pin = Options.Of<CpuMask?>("--pin", "CPUs for everything, unibench itself included: 0,1 or 2-3. Placements choose among them.", "LIST", ParseCpus);
    private readonly Option<bool> noCache = new("--no-cache") { Description = "Compile the scenario even if it has not changed." };

    /// <param name="scenarios">What the positional arguments are.</param>
    public ScenarioArguments(string scenarios) => scripts = Options.Files("scenario", scenarios, ArgumentArity.OneOrMore);

    /// <summary>What stands beside the scripts.</summary>
    public IReadOnlyList<Option> OwnOptions => [cases, names, parameters, placement, timeout, spin, noSeccomp, pin, noCache];

    public void AddTo(Command command)
    {
        command.Add(scripts);
        OwnOptions.ToList().ForEach(command.Add);
    }

    /// <summary>The scripts, as they were typed.</summary>
    public IReadOnlyList<string> Given(ParseResult parsed) => parsed.GetRequiredValue(scripts);

    /// <summary>Reads all scripts before anything is launched: a typing error in the last one is found now.</summary>
    /// <exception cref="UsageException">A script does not exist, or a parameter is in none of them.</exception>
    /// <exception cref="ScenarioException">Scripts have errors: those of all of them.</exception>
    public IReadOnlyList<ScenarioPlan> Read(ParseResult parsed, CommandLine line, CancellationToken cancellation)
    {
        ParameterOverrides overrides = new(parsed.GetValue(parameters) ?? []);
        ScenarioReader reader = new(ProgramCatalog.Shipped(), overrides, line.Rest, parsed.GetValue(noCache) ? null : ScenarioCache.OfUser());
        List<ScenarioPlan> plans = [];
        List<string> errors = [];
        foreach (string script in ScenarioFiles.Of(parsed.GetRequiredValue(scripts)))
        {
            try
            {
                plans.Add(reader.Read(script, cancellation));
            }
            catch (ScenarioException e)
            {
                errors.Add(e.Message);
            }
        }

        if (errors.Count > 0)
        {
            throw new ScenarioException(string.Join('\n', errors));
        }

        overrides.CheckAllTaken();
        return plans;
    }

    /// <summary>The options that say how to launch; how often is the command's. Pins this process if that was asked for.</summary>
    public RunOptions LaunchOptions(ParseResult parsed, CommandLine line)
    {
        if (parsed.GetValue(pin) is { } cpus)
        {
            Pin(cpus);
        }

        EnginePlatform.FiltersThreads = !parsed.GetValue(noSeccomp);
        return Of(parsed, line);
    }

    private RunOptions Of(ParseResult parsed, CommandLine line) => new()
    {
        Backends = parsed.GetValue(names) ?? BackendRegistry.Usual,
        BackendsRequired = parsed.GetValue(names) is not null,
        Chosen = parsed.GetValue(cases) is { Length: > 0 } patterns ? point => patterns.Any(p => CasePattern.Fits(p, point)) : null,
        Placement = parsed.GetValue(placement),
        Timeout = parsed.GetValue(timeout),
        Spin = parsed.GetValue(spin),
        NoSeccomp = parsed.GetValue(noSeccomp),
        Rounds = 1,
        Seed = Random.Shared.NextInt64(1, 1L << 31),
        CommandLine = line.Text,
    };

    /// <summary>The backends, made and asked whether they can run here; says once of those that cannot why.</summary>
    /// <param name="other">Another build; its backends, and those that pair with them, are then in processes of their own.</param>
    public static BackendSet Make(RunOptions options, CommandLine line, Progress progress, OtherEngine? other = null)
    {
        BackendSet set = new(options.Backends, name => other is not null && (OtherBuild.BaseOf(name) is not null || options.Backends.Contains(OtherBuild.NameOf(name, other.Label)))
            ? other.Backend(name, seccomp: !options.NoSeccomp)
            : line.Backends(name));
        foreach ((string name, string reason) in set.Unavailable)
        {
            progress.Warn(options.BackendsRequired ? $"{name} cannot run here: {reason}" : $"without {name}, which cannot run here: {reason}");
        }

        return set;
    }

    /// <summary>The scenarios that have a case which was chosen; says so where there is none.</summary>
    public static IReadOnlyList<ScenarioPlan> WithChosen(IReadOnlyList<ScenarioPlan> plans, RunOptions options, BackendSet set, CommandLine line)
    {
        if (options.Chosen is null)
        {
            return plans;
        }

        ScenarioPlan[] chosen = [.. plans.Where(p => PlannedCases.Build(p, options, set.Unavailable).Count > 0)];
        if (chosen.Length == 0)
        {
            string[] all = [.. plans.SelectMany(p => PlannedCases.Build(p, options with { Chosen = null }, set.Unavailable)).Select(c => c.Planned.Point.Id)];
            line.Errors.WriteLine($"unibench: no case was chosen; there are {all.Length}, such as {string.Join(", ", all.Take(3))}: unibench plan shows them all");
        }

        return chosen;
    }

    /// <summary>All threads there are; those still to come inherit it.</summary>
    private static void Pin(CpuMask cpus)
    {
        try
        {
            foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
            {
                HostThread.TrySetAffinity(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), cpus);
            }

            HostThread.SetAffinity(cpus);
        }
        catch (HostException e)
        {
            throw new UsageException($"--pin: {e.Message}: this process may use none of these CPUs");
        }
    }

    private static CpuMask? ParseCpus(string text)
    {
        List<int> cpus = [];
        foreach (string part in text.Split(','))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !ends.All(e => int.TryParse(e, NumberStyles.None, CultureInfo.InvariantCulture, out int cpu) && cpu < 1024))
            {
                throw new FormatException($"'{text}' is not a list of CPUs such as 0,1 or 2-3");
            }

            int first = int.Parse(ends[0], CultureInfo.InvariantCulture);
            cpus.AddRange(Enumerable.Range(first, Math.Max(0, int.Parse(ends[^1], CultureInfo.InvariantCulture) - first + 1)));
        }

        return cpus.Count > 0 ? new CpuMask(cpus) : throw new FormatException($"'{text}' names no CPU");
    }

    private static Placement? ParsePlacement(string text) =>
        Enum.GetNames<Placement>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name
            ? Enum.Parse<Placement>(name)
            : throw new FormatException($"'{text}' is not one of free, same, cross");
}
