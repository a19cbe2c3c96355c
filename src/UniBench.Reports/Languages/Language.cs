using UniBench.Measure;
using UniBench.Reports.Model;
using UniBench.Workloads;

namespace UniBench.Reports.Languages;

/// <summary>
/// The words and the number format of a report. What a run recorded (names, units, findings, reasons) stays as it is.
/// Sentences may hold `code` between backticks; what is put into them must not (<see cref="Literal"/>).
/// </summary>
public abstract class Language
{
    public static Language English { get; } = new English();

    public static Language Greek { get; } = new Greek();

    public static IReadOnlyList<Language> All { get; } = [English, Greek];

    /// <summary>ISO 639-1.</summary>
    public abstract string Code { get; }

    internal abstract char DecimalPoint { get; }

    /// <summary>Stands between the ends of an interval, where a decimal comma would be misread.</summary>
    internal abstract string Between { get; }

    internal abstract string Questions { get; }

    internal abstract string Answers { get; }

    internal abstract string Distributions { get; }

    internal abstract string CostOfALaunch { get; }

    internal abstract string CostExplained { get; }

    internal abstract string Findings { get; }

    internal abstract string None { get; }

    /// <summary>Heading of the findings with their advice, behind the tables.</summary>
    internal abstract string AllFindings { get; }

    /// <summary>Under the first of them.</summary>
    internal abstract string FindingsAtTheEnd(int all);

    /// <summary>What a folded table shows of itself.</summary>
    internal abstract string RowCount(int rows);

    /// <summary>Why a chart leaves a placement out.</summary>
    internal abstract string InTwoModes(string placement);

    internal abstract string WithoutResult { get; }

    internal abstract string NotComparable { get; }

    internal abstract string Method { get; }

    internal abstract string Environment { get; }

    internal abstract string Reproduce { get; }

    internal abstract string Runs { get; }

    internal abstract string Interrupted { get; }

    internal abstract string RawRecords { get; }

    internal abstract string LogScale { get; }

    internal abstract string ShareBeyond { get; }

    internal abstract string MedianAndInterval { get; }

    /// <summary>What the times of a closed loop are.</summary>
    internal abstract string ClosedLoop { get; }

    /// <summary>What times of an open loop are that count from when operations were due.</summary>
    internal abstract string ResponseTimes { get; }

    /// <summary>What times of an open loop are that count from when operations began.</summary>
    internal abstract string ServiceTimes { get; }

    internal abstract string StripScale { get; }

    internal abstract string Run { get; }

    internal abstract string Case { get; }

    internal abstract string Metric { get; }

    internal abstract string Status { get; }

    internal abstract string Reason { get; }

    internal abstract string Unknown { get; }

    internal abstract string Placement { get; }

    internal abstract string Backend { get; }

    internal abstract string Median { get; }

    internal abstract string WallSeconds { get; }

    internal abstract string CpuSeconds { get; }

    internal abstract string CpuTime { get; }

    internal abstract string CpusBusy { get; }

    internal abstract string PeakMemory { get; }

    internal abstract string MemoryMethod { get; }

    internal abstract string What { get; }

    internal abstract string Value { get; }

    internal abstract string File { get; }

    internal abstract string Cpu { get; }

    internal abstract string CpusOnline { get; }

    internal abstract string Governor { get; }

    internal abstract string Memory { get; }

    internal abstract string Kernel { get; }

    internal abstract string ClockSource { get; }

    /// <summary>The yardstick of hand-overs: a cache line to another CPU and back.</summary>
    internal abstract string CacheLine { get; }

    /// <summary>The yardstick of blocking: until a thread that was woken on another CPU runs.</summary>
    internal abstract string WakeUp { get; }

    /// <summary>The yardstick of a CPU's speed: one of a chain of multiplications.</summary>
    internal abstract string Multiplication { get; }

    internal abstract string Started { get; }

    internal abstract string Rounds { get; }

    internal abstract string Faster { get; }

    internal abstract string Slower { get; }

    internal abstract string Better { get; }

    internal abstract string Worse { get; }

    internal abstract string Same { get; }

    internal abstract string Difference { get; }

    internal abstract string Ratio { get; }

    internal abstract string Verdict { get; }

    /// <summary>Heading of the table of differences.</summary>
    internal abstract string DifferencesFromProcess { get; }

    internal abstract string DifferencesExplained(string threshold, string confidence);

    internal abstract string SameWithin(string percent);

    internal abstract string NeedsRounds(int more);

    /// <summary>Inconclusive, and no sane number of rounds would change that.</summary>
    internal abstract string TooNear { get; }

    /// <summary>Inconclusive, and it would take more rounds than anybody makes for one case.</summary>
    internal abstract string FarMoreRounds { get; }

    internal abstract string ComparedTo(string backend, string reference);

    internal abstract string ComparedToBest(string backend, string reference);

    internal abstract string Over(string what, string parameter);

    internal abstract string DistributionOf(string workload, string name);

    internal abstract string HistogramOf(string workload, string name);

    internal abstract string Direction(Better better);

    /// <summary>How to read a table of medians.</summary>
    internal abstract string MediansIn(string unit, Better better);

    /// <param name="on">The backend, as <see cref="As"/> has it.</param>
    internal abstract string Answer(string metric, string point, string value, string on, string placement);

    internal abstract string NothingToCompareWith { get; }

    internal abstract string AnswerCompared(string value, string on, string placement, string ratio);

    /// <summary>A second sentence: the placement in which it does worst, and the process there.</summary>
    internal abstract string AnswerWorst(string placement, string value, string reference, string on, string ratio);

    /// <param name="range">As <see cref="RatioText.Range"/> has it.</param>
    internal abstract string OverTheSweep(string range);

    /// <summary>Behind it: what the two are at the sweep's last point.</summary>
    internal abstract string AtTheLast(string point, string value, string reference);

    /// <summary>So many times, and which way: <c>6.22x faster</c>; no word where there is no way.</summary>
    internal abstract string Times(string number, string word);

    internal abstract string AllFaster(string low, string high, string word);

    internal abstract string AllSlower(string low, string high, string word);

    internal abstract string SlowerToFaster(string slower, string faster);

    /// <param name="others">The other parameters; empty without.</param>
    /// <param name="one">What one of the parameter is.</param>
    internal abstract string SlopeOf(string metric, string others, string one, string value, string placement);

    internal abstract string SlopeCompared(string value, string on);

    /// <param name="engine">Names of backends on our engine.</param>
    /// <param name="host">Names of the others.</param>
    internal IEnumerable<string> Caveats(Loops loops, IReadOnlyList<string> engine, IReadOnlyList<string> host) =>
        [.. engine.Count > 0 && host.Count > 0 ? [SystemsCaveat(Names(engine), Names(host))] : Array.Empty<string>(), .. Caveats(loops)];

    /// <summary>That the kernels beneath the backends differ.</summary>
    private protected abstract string SystemsCaveat(string engine, string host);

    private protected abstract IEnumerable<string> Caveats(Loops loops);

    internal abstract string Isolation { get; }

    internal abstract string LaunchStartsWith { get; }

    internal abstract string CpuTimeIsOf { get; }

    internal abstract string Backends { get; }

    /// <summary>What a backend's word for itself is, behind a value.</summary>
    internal string As(BackendTraits backend) => backend.Words.GetValueOrDefault(Code)?.As ?? On(backend.Name);

    /// <summary>Of a backend that has no words in this language.</summary>
    private protected abstract string On(string backend);

    internal abstract string MemoryCaveat(string methods);

    internal abstract string NestedCaveat { get; }

    internal abstract string MethodOf(int warmup, int rounds, long seed, string threshold);

    internal abstract string CoverageOf(string asked, string weakest);

    internal abstract string EnvironmentOf(RunEnvironment e, string memory, string tool);

    internal abstract string NotInterleaved { get; }

    internal abstract string SameEverywhere { get; }

    internal abstract string Differs { get; }

    internal abstract string InterruptedShort { get; }

    /// <summary>What follows if these differ between runs.</summary>
    internal abstract string Different(string names, DifferenceKind kind);

    internal abstract string LacksCases(string run, int missing, int all);

    internal abstract string Operations { get; }

    internal abstract string QuantilesOf(string workload, string name, string unit);

    /// <summary>How to read a table of quantiles.</summary>
    internal abstract string QuantilesExplained(string confidence);

    internal abstract string EveryCase { get; }

    internal abstract string SpreadExplained { get; }

    internal abstract string Unit { get; }

    internal abstract string Flags { get; }

    internal abstract string SeedAdvice(long seed);

    /// <summary>Three significant digits.</summary>
    internal string Number(double value) => Localised(Figure.Of(value));

    internal string Interval(double low, double high) => $"[{Number(low)}{Between}{Number(high)}]";

    internal string Bytes(double bytes) => Localised(Figure.Bytes(bytes));

    internal string Percent(double part) => Localised(Figure.Percent(part));

    /// <summary>A number that was written with a point.</summary>
    internal string Localised(string number) => number.Replace('.', DecimalPoint);

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{Literal(n)}`"));

    internal static string Literal(string text) => text.Replace('`', '\'');
}
