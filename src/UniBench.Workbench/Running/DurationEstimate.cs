using System.Globalization;
using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports;
using UniBench.Workbench.Scripting;

namespace UniBench.Workbench.Running;

/// <summary>How long a run will take, judging by the newest run of its scenario; where there is none, the time limits bound it.</summary>
internal static class DurationEstimate
{
    private const string Reports = "reports";

    /// <param name="least">Rounds of every case, warm-up included.</param>
    /// <param name="most">The same, if warming up takes its longest.</param>
    /// <returns>A time and what it is based on.</returns>
    public static string Of(ScenarioPlan scenario, IReadOnlyList<LaunchableCase> runs, int least, int most, RunOptions options)
    {
        string budget = options.TimeBudget is { } limit ? $", and no round begins after {Text(limit.TotalSeconds)}" : "";
        foreach (string directory in Earlier(options.Directory))
        {
            if (Load(Path.Combine(directory, ResultsFile.Name)) is not { } earlier || Path.GetFileNameWithoutExtension(earlier.Scenario.Path) != scenario.Name)
            {
                continue;
            }

            IReadOnlyDictionary<string, double> costs = CostsOf(earlier);
            double[] known = [.. runs.Select(r => r.Planned.Point.Id).Where(costs.ContainsKey).Select(id => costs[id])];
            if (known.Length > 0)
            {
                double round = known.Average() * runs.Count;
                string range = least == most ? Text(round * least) : $"{Text(round * least)} to {Text(round * most)}";
                string guessed = known.Length == runs.Count
                    ? ""
                    : string.Create(CultureInfo.InvariantCulture, $", where {runs.Count - known.Length} of the {runs.Count} cases were not launched: they are taken to last as long as the others");
                return $"about {range}, judging by {directory}{guessed}{budget}";
            }
        }

        double bound = runs.Sum(r => r.Request.Timeout?.TotalSeconds ?? double.PositiveInfinity) * most;
        return $"unknown, for there is no earlier run of this scenario in {Reports}/; at most {Text(bound)}, if every launch took its time limit{budget}";
    }

    /// <summary>Seconds from a launch's start to the next one's, by case: its mean wall time, and what usually lies between launches.</summary>
    internal static IReadOnlyDictionary<string, double> CostsOf(LaunchTimes earlier)
    {
        LaunchTimes.Launch[] launches = [.. earlier.Rounds.OrderBy(r => r.StartedAt)];
        // The median: one gap may be the time between an interruption and its --resume.
        double between = launches.Length < 2
            ? 0
            : Median.Of([.. launches.Zip(launches.Skip(1), (one, next) => Math.Max(0, (next.StartedAt - one.StartedAt).TotalSeconds - one.WallS))]);
        return launches.Where(r => r.Status == CaseStatus.Ok).GroupBy(r => r.CaseId).ToDictionary(g => g.Key, g => g.Average(r => r.WallS) + between);
    }

    /// <summary>The run's own directory, then those of earlier runs, the newest first.</summary>
    private static IEnumerable<string> Earlier(string? own)
    {
        IEnumerable<string> made = Directory.Exists(Reports)
            ? new DirectoryInfo(Reports).EnumerateDirectories()
                .Select(d => new FileInfo(Path.Combine(d.FullName, ResultsFile.Name)))
                .Where(f => f.Exists)
                .OrderByDescending(f => f.LastWriteTimeUtc)
                .Select(f => Path.Combine(Reports, f.Directory!.Name))
            : [];
        return own is null ? made : made.Prepend(own);
    }

    private static string Text(double seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s"),
        < 100 * 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.#} h"),
    };

    private static LaunchTimes? Load(string file)
    {
        try
        {
            return ResultsFile.LoadOutline(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null; // it is only an estimate's source
        }
    }
}
