using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using UniBench.Cli.Running;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Workbench;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Cli.Comparing;

/// <summary>
/// Does pipe_pingpong measure what `perf bench sched pipe` measures? Both send a few bytes to another process and back, on one CPU; perf
/// divides the whole by the round trips, so the mean is compared.
/// </summary>
internal static partial class PerfAgreement
{
    /// <summary>pipe_pingpong reads the clock twice a round trip, which perf does not.</summary>
    public const double Threshold = 0.15;

    private const string Perf = "perf";
    private const int RoundTrips = 10_000;

    /// <exception cref="UsageException">perf is not installed.</exception>
    /// <exception cref="LaunchException">One of the two failed.</exception>
    public static Verdict Check(IBackend process, int rounds, Interruption interruption)
    {
        int cpu = PlacementCpus.Of(Placement.Same, out _)[0];
        ProgramCatalog programs = ProgramCatalog.Shipped();
        LaunchRequest own = new()
        {
            Stages = Workload.Of(programs.Find("pipe_pingpong", "/"), "pipe_pingpong").Args("--size", 4, "--count", RoundTrips).Stages,
            Cpus = [cpu],
            Timeout = TimeSpan.FromMinutes(1),
        };
        List<double> ours = [], theirs = [];
        for (int round = 0; round <= rounds; round++)
        {
            interruption.Token.ThrowIfCancellationRequested();

            // The order changes from round to round, and the first round warms up.
            (double a, double b) = round % 2 == 0 ? (Ours(process, own, interruption), Theirs(cpu)) : Swapped(Theirs(cpu), Ours(process, own, interruption));
            if (round > 0)
            {
                ours.Add(a);
                theirs.Add(b);
            }
        }

        return Verdict.Of(RatioEstimate.Paired(ours, theirs), Better.Lower, Threshold);

        static (double, double) Swapped(double theirs, double ours) => (ours, theirs);
    }

    /// <summary>Nanoseconds a round trip, from what perf prints: <c>4.127800 usecs/op</c>.</summary>
    /// <exception cref="FormatException">It is not there.</exception>
    public static double ParsePerf(string printed) => UsecsPerOp().Match(printed) is { Success: true } found
        ? double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) * 1000
        : throw new FormatException($"perf printed no usecs/op: {printed}");

    private static double Ours(IBackend process, LaunchRequest request, Interruption interruption)
    {
        LaunchResult result = interruption.Guard(() => process.Launch(request, interruption.Token));
        return result.Stages is [{ IsSuccess: true }]
            ? SampleLines.Parse(result.Stdout).Samples["rtt_mean"].Value
            : throw new LaunchException($"pipe_pingpong did not succeed{LaunchVerdict.Errors(result)}");
    }

    private static double Theirs(int cpu)
    {
        string[] arguments = ["-c", cpu.ToString(CultureInfo.InvariantCulture), Perf, "bench", "sched", "pipe", "-l", RoundTrips.ToString(CultureInfo.InvariantCulture)];
        try
        {
            using Process run = Process.Start(new ProcessStartInfo("taskset", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = run.StandardError.ReadToEndAsync();
            string printed = run.StandardOutput.ReadToEnd();
            run.WaitForExit();
            return run.ExitCode == 0
                ? ParsePerf(printed)
                : throw new UsageException($"perf bench sched pipe exited with {run.ExitCode}: {errors.Result.Trim()}: apt-get install linux-perf");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new UsageException($"taskset and perf are needed: {e.Message}: apt-get install util-linux linux-perf");
        }
    }

    [GeneratedRegex(@"([0-9.]+)\s+usecs/op")]
    private static partial Regex UsecsPerOp();
}
