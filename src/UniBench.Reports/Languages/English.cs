using System.Globalization;
using UniBench.Measure;
using UniBench.Reports.Model;

namespace UniBench.Reports.Languages;

internal sealed class English : Language
{
    public override string Code => "en";

    internal override char DecimalPoint => '.';

    internal override string Between => ", ";

    internal override string Questions => "Questions";

    internal override string Answers => "Answers";

    internal override string Distributions => "Distributions";

    internal override string CostOfALaunch => "Cost of a launch";

    internal override string CostExplained => "Medians over rounds of one whole launch, start-up included; memory is the largest peak.";

    internal override string Findings => "Findings";

    internal override string None => "None.";

    internal override string AllFindings => "All findings";

    internal override string FindingsAtTheEnd(int all) => string.Create(CultureInfo.InvariantCulture, $"All {all}, each with advice, stand behind the tables.");

    internal override string RowCount(int rows) => string.Create(CultureInfo.InvariantCulture, $"{rows} rows");

    internal override string InTwoModes(string placement) => $"placement {placement} is left out, because its rounds fall into two groups, those of the fixed placements; its numbers are in the table";

    internal override string WithoutResult => "Cases without a full result";

    internal override string NotComparable => "What is not comparable";

    internal override string Method => "Method";

    internal override string Environment => "Environment";

    internal override string Reproduce => "Reproduce";

    internal override string Runs => "Runs";

    internal override string Interrupted => "This run was interrupted: what follows are partial results.";

    internal override string RawRecords => "Raw records of every launch are in";

    internal override string LogScale => "log scale";

    internal override string ShareBeyond => "share of operations that took longer";

    internal override string MedianAndInterval => "median and its interval";

    internal override string ClosedLoop => "every operation of every round, closed loop, so service time and not response time under load";

    internal override string ResponseTimes => "every operation of every round, open loop, counted from when it was due: response time under load";

    internal override string ServiceTimes => "every operation of every round, open loop, counted from when it began: service time and not response time";

    internal override string StripScale => "each strip is as high as its fullest bin, whose share stands beside it";

    internal override string Run => "run";

    internal override string Case => "case";

    internal override string Metric => "metric";

    internal override string Status => "status";

    internal override string Reason => "reason";

    internal override string Unknown => "unknown";

    internal override string Placement => "placement";

    internal override string Backend => "backend";

    internal override string Median => "median";

    internal override string WallSeconds => "wall s";

    internal override string CpuSeconds => "CPU s";

    internal override string CpuTime => "CPU time of a launch";

    internal override string CpusBusy => "CPUs busy";

    internal override string PeakMemory => "peak memory";

    internal override string MemoryMethod => "memory counted as";

    internal override string What => "what";

    internal override string Value => "value";

    internal override string File => "file";

    internal override string Cpu => "CPU";

    internal override string CpusOnline => "CPUs online";

    internal override string Governor => "governor";

    internal override string Memory => "memory";

    internal override string Kernel => "kernel";

    internal override string ClockSource => "clock source";

    internal override string CacheLine => "a cache line to another CPU and back";

    internal override string WakeUp => "waking a thread on another CPU";

    internal override string Multiplication => "a multiplication in a chain";

    internal override string Started => "started";

    internal override string Rounds => "rounds";

    internal override string Faster => "faster";

    internal override string Slower => "slower";

    internal override string Better => "better";

    internal override string Worse => "worse";

    internal override string NothingToCompareWith => "; no process was measured to compare with";

    internal override string NestedCaveat => "KVM is nested here: a VM exit costs several times what it costs on bare metal.";

    private protected override string SystemsCaveat(string engine, string host) =>
        $"Beneath {engine} lies our library OS, beneath {host} the host's kernel: the program is the same file, the system calls beneath it are not.";

    internal override string Backends => "Backends";

    internal override string Isolation => "isolation";

    internal override string LaunchStartsWith => "a launch begins with";

    internal override string CpuTimeIsOf => "CPU time is that of";

    private protected override string On(string backend) => $"on {backend}";

    private protected override IEnumerable<string> Caveats(Loops loops) =>
    [
        "Placement `same` keeps every process of a workload on one CPU, `cross` on two, `free` leaves it to the scheduler, which for backends on our engine is the engine: each process gets the CPU with the fewest. Numbers of different placements answer different questions.",
        .. loops.Open
            ? ["Times named `response` are from open loops: each counts from when its operation was due by the plan, begun by then or not, so waiting for those before is in it. Other times of these cases count from when the operation began: service times."]
            : Array.Empty<string>(),
        .. loops.Closed
            ? [$"Latencies{(loops.Open ? " of other cases" : "")} are from closed loops: the next operation starts when the last one ended. They are service times, not response times under load."]
            : Array.Empty<string>(),
        "Samples are what programs stamp themselves; starting the backend is in them only where a program measures starting. The cost table covers whole launches.",
    ];

    internal override string Same => "same";

    internal override string Difference => "difference";

    internal override string Ratio => "ratio";

    internal override string Verdict => "verdict";

    internal override string DifferencesFromProcess => "Differences from the process";

    internal override string DifferencesExplained(string threshold, string confidence) =>
        $"What lies between a case and the process in the same placement, over paired rounds, with {confidence} intervals; a ratio is written as everywhere: 1 or more, with its direction. Faster or slower (better or worse): the interval lies wholly beyond {threshold}. Same: the 90 % interval lies wholly within it; how far apart they may be is said.";

    internal override string SameWithin(string percent) => $"same: within {percent}";

    internal override string NeedsRounds(int more) => string.Create(CultureInfo.InvariantCulture, $"needs about {more} more {(more == 1 ? "round" : "rounds")}");

    internal override string TooNear => "too near the threshold";

    internal override string FarMoreRounds => "far more rounds would not be enough";

    internal override string ComparedTo(string backend, string reference) => $"{backend} vs {reference}";

    internal override string ComparedToBest(string backend, string reference) => $"{backend} vs best {reference}";

    internal override string Over(string what, string parameter) => $"{what} over {parameter}";

    internal override string DistributionOf(string workload, string name) => $"{workload}: distribution of {name}";

    internal override string HistogramOf(string workload, string name) => $"{workload}: histogram of {name}";

    internal override string Direction(Better better) => better == UniBench.Measure.Better.Lower ? "lower is better" : "higher is better";

    internal override string MediansIn(string unit, Better better) => $"Medians over rounds in {unit} with their interval; {Direction(better)}.";

    internal override string Answer(string metric, string point, string value, string on, string placement) =>
        $"{metric}{(point.Length == 0 ? "" : $" at {point}")}: {value} {on} (placement {placement})";

    internal override string AnswerCompared(string value, string on, string placement, string ratio) =>
        $" and {value} {on} in its best placement ({placement}): {ratio}";

    internal override string AnswerWorst(string placement, string value, string reference, string on, string ratio) =>
        $"Worst placement ({placement}): {value}, and {reference} {on} there: {ratio}";

    internal override string OverTheSweep(string range) => $"; over the sweep {range}";

    internal override string AtTheLast(string point, string value, string reference) => $"; at {point} {value} and {reference}";

    internal override string Times(string number, string word) => word.Length == 0 ? $"{number}x" : $"{number}x {word}";

    internal override string AllFaster(string low, string high, string word) => $"{low}x to {high}x {word}";

    internal override string AllSlower(string low, string high, string word) => AllFaster(low, high, word);

    internal override string SlowerToFaster(string slower, string faster) => $"{slower} to {faster}";

    internal override string SlopeOf(string metric, string others, string one, string value, string placement) =>
        $"{metric}{(others.Length == 0 ? "" : $" at {others}")}: each further {one} adds {value} (placement {placement})";

    internal override string SlopeCompared(string value, string on) => $" and {value} {on}";

    internal override string MemoryCaveat(string methods) => $"Memory is counted in different ways ({methods}): compare orders of magnitude only.";

    internal override string MethodOf(int warmup, int rounds, long seed, string threshold) =>
        string.Create(CultureInfo.InvariantCulture, $"{warmup} warm-up rounds, not counted, then {rounds} rounds; a round launches every case once, in an order shuffled with seed {seed}. ")
        + "A number is the median over rounds of what the program reported in each; iterations inside a round are never pooled for a statistic, but for latency quantiles marked `*`. "
        + "Its interval is the exact order-statistic interval of the median. Ratios compare launches of the same round: Hodges-Lehmann estimate of the log ratios with the exact Wilcoxon signed-rank interval. "
        + $"A ratio is written so that it is 1 or more, with its direction; an end of its interval below 1 points the other way. It stands alone where its whole interval lies beyond {threshold}; `same` marks one whose 90 % interval lies within {threshold} either way (two one-sided tests at 5 %), and `?` one that these rounds do not decide; the table of differences says about how many more would. \"Best process\" is the process in the placement with its best median. "
        + "Nothing was dropped: outliers are in the numbers.";

    internal override string CoverageOf(string asked, string weakest) =>
        $" Intervals ask for {asked} coverage; with these rounds the weakest median interval has {weakest}, and a ratio that misses {asked} prints its own coverage behind it.";

    internal override string EnvironmentOf(RunEnvironment e, string memory, string tool) => string.Create(
        CultureInfo.InvariantCulture,
        $"All was measured on a machine with {e.Cores} CPUs ({Literal(e.Cpu)}) and {memory} of memory, SMT {Literal(e.Smt)}, CPU frequency governor {Literal(e.Governor)}, under Linux {Literal(e.Kernel)}; KVM: {Literal(e.Kvm)}; clock source {Literal(e.ClockSource)}; UniBench {tool}.");

    internal override string NotInterleaved => "The runs were made one after the other, not interleaved: whatever changed between them is in their differences too. No ratio between runs is formed here; `unibench compare` gives one, with an interval and a verdict.";

    internal override string SameEverywhere => "Machine, kernel, UniBench, scenario and programs are the same in all runs.";

    internal override string Differs => "differs";

    internal override string InterruptedShort => "interrupted";

    internal override string Different(string names, DifferenceKind kind) => $"Different: {names}. " + kind switch
    {
        DifferenceKind.Machine => "Times and rates are those of different machines: compare the ratios to the process of the same run.",
        DifferenceKind.Kernel => "Processes and containers ran on another kernel or container runtime: a ratio to them has another reference.",
        DifferenceKind.Tool => "UniBench's own engine is another one; that may be what is compared.",
        DifferenceKind.Program => "These are not the same files: their cases compare programs, not systems.",
        DifferenceKind.Scenario => "The script is not the same: a case may do something else under the same name.",
        DifferenceKind.Rounds => "Intervals come from different numbers of rounds.",
        _ => "",
    };

    internal override string LacksCases(string run, int missing, int all) =>
        string.Create(CultureInfo.InvariantCulture, $"{run} lacks {missing} of {all} cases and metrics; its cells are `-`.");

    internal override string Operations => "operations";

    internal override string QuantilesOf(string workload, string name, string unit) => $"{workload}: quantiles of {name} in {unit}";

    internal override string QuantilesExplained(string confidence) =>
        "The tables count every operation of every measured round; captions of the charts say which times are service times and which response times. A value is the lower bound of its histogram bucket, which is at most 0.8 % wide; `max` is that of the highest bucket. "
        + "A quantile is shown where ten operations or more lie beyond it. Where they do in each round by itself, it is the median over rounds of each round's quantile, with the exact order-statistic interval. "
        + $"A `*` marks a quantile that only all rounds together can show: it is that of all operations pooled, and its interval, from a bootstrap that draws whole rounds (Davison, Hinkley 1997), asks for {confidence} but is approximate and too narrow: in simulations it covered in 90 % with 10 rounds and in 94 % with 20. "
        + "No other number of this report pools rounds. Marks in the charts are quantiles of all operations pooled: they equal the values with `*`, and differ from the others where rounds differ.";

    internal override string EveryCase => "Every case";

    internal override string SpreadExplained =>
        "Medians over `n` rounds with their interval. MAD is the median distance of the rounds from their median, in percent of the median and not scaled to a standard deviation. "
        + "Flags are the codes of the findings, with how much: `noisy` the interval's width in percent of the median, `bimodal` the ratio of the two groups' medians, `drift` the change from the first to the second half, "
        + "`outliers` rounds far from the others, `few-rounds` the interval's coverage, `more-cpu` CPUs kept busy beyond those of the process.";

    internal override string Unit => "unit";

    internal override string Flags => "flags";

    internal override string SeedAdvice(long seed) => string.Create(CultureInfo.InvariantCulture, $"Add `--seed {seed}` for the same order of launches.");
}
