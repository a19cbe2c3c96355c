using System.Globalization;
using UniBench.Measure;

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

    internal override string WithoutResult => "Cases without a full result";

    internal override string NotComparable => "What is not comparable";

    internal override string Method => "Method";

    internal override string Environment => "Environment";

    internal override string Reproduce => "Reproduce";

    internal override string Runs => "Runs";

    internal override string Interrupted => "This run was interrupted: what follows are partial results.";

    internal override string RawRecords => "Raw records of every launch are in";

    internal override string LogScale => "log scale";

    internal override string ShareOfOperations => "share of operations";

    internal override string MedianAndInterval => "median and its interval";

    internal override string ClosedLoop => "every operation of every round, closed loop, so service time and not response time under load";

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

    internal override string Started => "started";

    internal override string Commit => "commit";

    internal override string Rounds => "rounds";

    internal override string Faster => "faster";

    internal override string Slower => "slower";

    internal override string Better => "better";

    internal override string Worse => "worse";

    internal override string NothingToCompareWith => "; no process was measured to compare with";

    internal override string NestedCaveat => "KVM is nested here: a VM exit costs several times what it costs on bare metal.";

    internal override IEnumerable<string> Caveats =>
    [
        "A unikernel runs on our library OS, a process and a container on the host's kernel: the program is the same file, the system calls beneath it are not.",
        "Placement `same` keeps every process of a workload on one CPU, `cross` on two, `free` leaves it to the scheduler, which for unikernels is the engine: each process gets the CPU with the fewest. Numbers of different placements answer different questions.",
        "Latencies are from closed loops: the next operation starts when the last one ended. They are service times, not response times under load.",
        "Samples are what programs stamp themselves; starting the backend is in them only where a program measures starting. The cost table covers whole launches.",
    ];

    internal override string ComparedTo(string backend, string reference) => $"{backend} vs {reference}";

    internal override string ComparedToBest(string backend, string reference) => $"{backend} vs best {reference}";

    internal override string Over(string what, string parameter) => $"{what} over {parameter}";

    internal override string DistributionOf(string workload, string name) => $"{workload}: distribution of {name}";

    internal override string HistogramOf(string workload, string name) => $"{workload}: histogram of {name}";

    internal override string Direction(Better better) => better == UniBench.Measure.Better.Lower ? "lower is better" : "higher is better";

    internal override string MediansIn(string unit, Better better) => $"Medians over rounds in {unit} with their interval; {Direction(better)}.";

    internal override string Answer(string metric, string point, string value, string placement) =>
        $"{metric}{(point.Length == 0 ? "" : $" at {point}")}: {value} as a unikernel (placement {placement})";

    internal override string AnswerCompared(string value, string placement, string ratio) =>
        $" and {value} as a process in its best placement ({placement}): {ratio}";

    internal override string OverTheSweep(string low, string high) => $"; over the sweep {low} to {high} times as good as the process";

    internal override string MemoryCaveat(string methods) => $"Memory is counted in different ways ({methods}): compare orders of magnitude only.";

    internal override string MethodOf(int warmup, int rounds, long seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{warmup} warm-up rounds, not counted, then {rounds} rounds; a round launches every case once, in an order shuffled with seed {seed}. ")
        + "A number is the median over rounds of what the program reported in each; iterations inside a round are never pooled for a statistic. "
        + "Its interval is the exact order-statistic interval of the median. Ratios compare launches of the same round: Hodges-Lehmann estimate of the log ratios with the exact Wilcoxon signed-rank interval. "
        + "A ratio is written so that it is 1 or more, with its direction; a leading `~` marks an interval that holds 1. \"Best process\" is the process in the placement with its best median. "
        + "Nothing was dropped: outliers are in the numbers.";

    internal override string CoverageOf(string weakest) =>
        $" Intervals ask for 99 % coverage; with these rounds the weakest median interval has {weakest}, and a ratio that misses 99 % prints its own coverage behind it.";

    internal override string EnvironmentOf(RunEnvironment e, string memory, string tool) => string.Create(
        CultureInfo.InvariantCulture,
        $"All was measured on a machine with {e.Cores} CPUs ({Literal(e.Cpu)}) and {memory} of memory, SMT {Literal(e.Smt)}, CPU frequency governor {Literal(e.Governor)}, under Linux {Literal(e.Kernel)}; KVM: {Literal(e.Kvm)}; clock source {Literal(e.ClockSource)}; UniBench {tool}.");

    internal override string SeedAdvice(long seed) => string.Create(CultureInfo.InvariantCulture, $"Add `--seed {seed}` for the same order of launches.");
}
