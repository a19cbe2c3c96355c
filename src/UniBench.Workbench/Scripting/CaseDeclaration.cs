using System.Text;
using UniBench.Backends;
using UniBench.Measure;
using UniBench.Workbench.Running;
using UniBench.Workloads;

namespace UniBench.Workbench.Scripting;

/// <summary>Declares cases: a workload over a sweep, and the metrics to keep of it. Each point of the sweep is a case on every backend and in every placement.</summary>
public sealed class CaseDeclaration
{
    private readonly List<MetricSpec> metrics = [];
    private readonly List<string> environment = [];
    private readonly List<Mount> mounts = [];
    private readonly List<ScratchDirectory> changed = [];
    private readonly List<FaultStep> faults = [];
    private readonly List<Requirement> requirements = [];

    private readonly string place;
    private readonly string folder;
    private readonly IReadOnlyList<Parameter> sweep;
    private Func<Point, Workload>? build;
    private Func<Point, bool>? condition;

    /// <param name="place">Where it is declared, as <c>file(line,column)</c>.</param>
    /// <param name="folder">The script's: relative paths start there.</param>
    internal CaseDeclaration(string name, string place, string folder, IReadOnlyList<Parameter> sweep, Func<Point, Workload> build)
    {
        Name = name;
        this.place = place;
        this.folder = folder;
        this.sweep = sweep;
        this.build = build;
    }

    internal string Name { get; }

    internal IReadOnlyList<MetricSpec> Metrics => metrics;

    internal IReadOnlyList<Placement> PlacementList { get; private set; } = [Placement.Free];

    internal IReadOnlyList<string>? BackendList { get; private set; }

    internal TimeSpan TimeLimit { get; private set; } = TimeSpan.FromSeconds(60);

    internal long MemoryBytes { get; private set; } = 256L << 20;

    /// <summary>What the first program reads; null: nothing.</summary>
    internal byte[]? Input { get; private set; }

    internal Expectations Expected { get; } = new();

    internal SlopeQuestion? Asked { get; private set; }

    internal IReadOnlyList<Requirement> Requirements => requirements;

    /// <summary>A shell command before every launch; null for none.</summary>
    internal string? Preparation { get; private set; }

    internal IReadOnlyList<FaultStep> Faults => faults;

    internal IReadOnlyList<string> Environment => environment;

    internal IReadOnlyList<Mount> Mounts => mounts;

    /// <summary>Where its programs start.</summary>
    internal string WorkingDirectory { get; private set; } = "/";

    /// <summary>Scratch directories that launches may change, so that each launch gets them anew.</summary>
    internal IReadOnlyList<ScratchDirectory> Changed => changed;

    /// <summary>Whether its launches have to print the same on every backend.</summary>
    internal bool ComparesOutput { get; private set; }

    /// <summary>Keeps a metric: the name and unit of an `@sample` line of the program, or one that every launch has (<see cref="BuiltInMetrics"/>).</summary>
    public CaseDeclaration Metric(string name, string unit, Better better)
    {
        if (metrics.Exists(m => m.Name == name))
        {
            throw new ScenarioException($"case '{Name}' keeps the metric '{name}' twice");
        }

        if (BuiltInMetrics.Units.TryGetValue(name, out string? known) && known != unit)
        {
            throw new ScenarioException($"metric '{name}' is in {known}, not {unit}");
        }

        metrics.Add(new MetricSpec(name, unit, better));
        return this;
    }

    /// <summary>Asks what each further one of a parameter adds: the report's answers tell the slope of every metric that is better lower.</summary>
    /// <param name="one">What one of it is, in a word: "process".</param>
    public CaseDeclaration Slope(Parameter parameter, string one)
    {
        Asked = sweep.Contains(parameter)
            ? new SlopeQuestion(Name, parameter.Name, one)
            : throw new ScenarioException($"case '{Name}' does not sweep '{parameter.Name}', so there is no slope over it");
        return this;
    }

    /// <summary>Placements to measure in; free if not said.</summary>
    public CaseDeclaration Placements(params Placement[] placements)
    {
        PlacementList = placements.Length > 0 ? [.. placements.Distinct()] : throw new ScenarioException($"case '{Name}': Placements() needs one placement at least");
        return this;
    }

    /// <summary>Backends to measure on, which must be able to run; all that can if not said.</summary>
    public CaseDeclaration Backends(params string[] backends)
    {
        string? unknown = backends.FirstOrDefault(b => !BackendRegistry.Names.Contains(b));
        BackendList = unknown is null
            ? [.. backends.Distinct()]
            : throw new ScenarioException($"case '{Name}': no backend is called '{unknown}'{DidYouMean.Question(unknown, BackendRegistry.Names)}: {string.Join(", ", BackendRegistry.Names)}");
        return this;
    }

    /// <summary>Leaves out the points of the sweep for which the condition does not hold.</summary>
    public CaseDeclaration Where(Func<Point, bool> condition)
    {
        this.condition = condition;
        return this;
    }

    /// <summary>Time limit of one launch, as in "10s" or "500ms"; 60 s if not said.</summary>
    public CaseDeclaration Timeout(string time)
    {
        TimeLimit = Parse(time, Quantity.ParseTime);
        return this;
    }

    /// <summary>Memory limit of each process on UniBench's own engine, with a suffix k, m or g; 256m if not said.</summary>
    public CaseDeclaration Memory(string size)
    {
        MemoryBytes = Parse(size, Quantity.ParseBytes);
        return this;
    }

    /// <summary>What the first program reads from its standard input; nothing if not said.</summary>
    public CaseDeclaration StandardInput(string text)
    {
        Input = Encoding.UTF8.GetBytes(text);
        return this;
    }

    /// <summary>An environment variable of the workload.</summary>
    public CaseDeclaration Env(string name, string value)
    {
        environment.Add($"{name}={value}");
        return this;
    }

    /// <summary>Lets the workload see a host directory as its root, read-only.</summary>
    public CaseDeclaration Root(string host) => Mount(host, "/");

    /// <summary>Where the programs start, as they see it; the root if not said.</summary>
    public CaseDeclaration Directory(string guest)
    {
        WorkingDirectory = guest.StartsWith('/') ? guest : throw new ScenarioException($"case '{Name}': a working directory is an absolute path, not '{guest}'");
        return this;
    }

    /// <summary>Lets the workload start in a scratch directory, at the same path on every backend.</summary>
    /// <param name="writable">The workload may change it: every launch then finds it as it was described.</param>
    public CaseDeclaration In(ScratchDirectory scratch, bool writable = false)
    {
        mounts.Add(new Mount(scratch.Path, scratch.Path, writable));
        if (writable)
        {
            changed.Add(scratch);
        }

        return Directory(scratch.Path);
    }

    /// <summary>
    /// Launches of a point have to print the same bytes on every backend, lines for UniBench (@sample, @hist) left out. A backend that
    /// prints something else than the process does has failed.
    /// </summary>
    public CaseDeclaration SameOutput()
    {
        ComparesOutput = true;
        return this;
    }

    /// <summary>Lets the workload see a host directory.</summary>
    public CaseDeclaration Mount(string host, string guest, bool writable = false)
    {
        string full = Path.GetFullPath(host, folder);
        mounts.Add(Path.Exists(full) ? new Mount(full, guest, writable) : throw new ScenarioException($"case '{Name}': there is no {full} to mount"));
        return this;
    }

    /// <summary>
    /// Lets a fault strike every launch, a time after all its stages were started, as in "20ms". A fault that finds its stage ended fails the
    /// launch. How the stages have to end then is for <see cref="ExpectStage"/>.
    /// </summary>
    public CaseDeclaration After(string time, Fault fault)
    {
        faults.AddRange(fault.Steps(time));
        return this;
    }

    /// <summary>How a stage of the pipeline, counted from 0, has to end: with an exit code, or killed by a signal.</summary>
    /// <remarks>A stage of which nothing is said has to exit with 0; all but the last may die of SIGPIPE instead.</remarks>
    public CaseDeclaration ExpectStage(int stage, int? exit = null, int? signal = null)
    {
        Expected.Stages[stage] = (exit, signal) switch
        {
            ( >= 0 and <= 255, null) => ExitStatus.Exited(exit.Value),
            (null, >= 1 and <= 64) => ExitStatus.Killed(signal.Value),
            _ => throw new ScenarioException($"case '{Name}': ExpectStage({stage}, exit: 0 to 255) or ExpectStage({stage}, signal: 1 to 64)"),
        };
        Expected.Any = true;
        return this;
    }

    /// <summary>Exit code of the last stage that counts as success; 0 if not said. A case that expects something needs no metric.</summary>
    public CaseDeclaration Expect(int exitCode)
    {
        Expected.End = exitCode is >= 0 and <= 255 ? ExitStatus.Exited(exitCode) : throw new ScenarioException($"case '{Name}': exit codes are 0 to 255, not {exitCode}");
        Expected.Any = true;
        return this;
    }

    /// <summary>The signal that has to kill the last stage, as a number: 9 for SIGKILL.</summary>
    public CaseDeclaration ExpectSignal(int signal)
    {
        Expected.End = signal is >= 1 and <= 64 ? ExitStatus.Killed(signal) : throw new ScenarioException($"case '{Name}': signals are 1 to 64, not {signal}");
        Expected.Any = true;
        return this;
    }

    /// <summary>Exactly what the last stage has to print, lines for UniBench (@sample, @hist) left out.</summary>
    public CaseDeclaration ExpectOutput(string text)
    {
        Expected.Output(text);
        return this;
    }

    /// <summary>A .NET regular expression that what the last stage prints has to match; ^ and $ are lines' ends.</summary>
    public CaseDeclaration ExpectMatch(string pattern)
    {
        Expected.Match(pattern);
        return this;
    }

    /// <summary>Ends between which a sample of every launch has to lie, in the metric's own unit.</summary>
    public CaseDeclaration Expect(string metric, double atLeast = double.NegativeInfinity, double atMost = double.PositiveInfinity)
    {
        Expected.Range(metric, atLeast, atMost);
        return this;
    }

    /// <summary>A threshold: where the median of a metric is not below, or above, it on one of the backends, the run has failed (exit status 10).</summary>
    /// <param name="unit">Of the limits; the metric's own if not said.</param>
    /// <param name="backend">The only one that it is required of; of each if not said.</param>
    /// <param name="placement">The only one in which it is required.</param>
    public CaseDeclaration Require(string metric, double? below = null, double? above = null, string? unit = null, string? backend = null, Placement? placement = null)
    {
        MetricSpec known = metrics.Find(m => m.Name == metric)
            ?? throw new ScenarioException($"case '{Name}' requires something of '{metric}', which it does not keep; .Metric(...) comes before .Require(...)");
        UnitScale scale = UnitScale.To(known.Unit, unit ?? known.Unit)
            ?? throw new ScenarioException($"case '{Name}': metric '{metric}' is in {known.Unit}, which cannot be told in {unit}");
        if (below is null && above is null)
        {
            throw new ScenarioException($"case '{Name}': Require(\"{metric}\", below: ...) or above: ...");
        }

        if (backend is not null && !BackendRegistry.Names.Contains(backend))
        {
            throw new ScenarioException($"case '{Name}': no backend is called '{backend}'{DidYouMean.Question(backend, BackendRegistry.Names)}: {string.Join(", ", BackendRegistry.Names)}");
        }

        requirements.Add(new Requirement(known, below / scale.Factor, above / scale.Factor, scale, backend, placement));
        return this;
    }

    /// <summary>A shell command of the host that runs before every launch and is not measured: "sync; rm -rf out". A launch fails if it does.</summary>
    public CaseDeclaration Prepare(string command)
    {
        Preparation = command;
        return this;
    }

    /// <summary>Every point of the sweep with its workload. Lets go of the script's code: it is not asked twice.</summary>
    internal IReadOnlyList<DeclaredPoint> Expand()
    {
        if (metrics.Count == 0 && Expected.Any)
        {
            Metric(BuiltInMetrics.Wall, BuiltInMetrics.Units[BuiltInMetrics.Wall], Better.Lower);
        }

        if (metrics.Count == 0)
        {
            throw Wrong($"case '{Name}' keeps no metric: add .Metric(name, unit, Lower or Higher), or .Expect(0) for a test");
        }

        IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> combinations = [[]];
        foreach (Parameter parameter in sweep)
        {
            combinations = combinations.SelectMany(p => parameter.Values, (p, value) => (IReadOnlyList<KeyValuePair<string, string>>)[.. p, new(parameter.Name, value)]);
        }

        List<DeclaredPoint> points = [];
        foreach (OrderedDictionary<string, string> values in combinations.Select(c => new OrderedDictionary<string, string>(c)))
        {
            Point point = new(values);
            if (condition?.Invoke(point) ?? true)
            {
                points.Add(new DeclaredPoint(this, values, Checked(build!(point) ?? throw Wrong($"case '{Name}' gives no workload"))));
            }
        }

        build = null;
        condition = null;
        return points;
    }

    private Workload Checked(Workload workload)
    {
        int wrong = Expected.Stages.Keys.Concat(faults.Select(f => f.Stage)).FirstOrDefault(s => s < 0 || s >= workload.Stages.Count, -1);
        return wrong < 0 ? workload : throw Wrong($"case '{Name}' says something of stage {wrong}; '{workload}' has stages 0 to {workload.Stages.Count - 1}");
    }

    /// <summary>What shows only when no line of the script runs any more.</summary>
    private ScenarioException Wrong(string message) => new(message) { Place = place };

    private T Parse<T>(string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            throw new ScenarioException($"case '{Name}': {e.Message}", e);
        }
    }
}
