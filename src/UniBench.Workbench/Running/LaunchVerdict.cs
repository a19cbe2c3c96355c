using System.Globalization;
using System.Text;
using UniBench.Host;
using UniBench.Measure;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>Whether a launch did what its case asks for.</summary>
internal static class LaunchVerdict
{
    private const int QuotedErrors = 300;

    /// <returns>Why it failed; null when it did not.</returns>
    public static string? OfEnd(LaunchableCase run, LaunchResult result)
    {
        if (result.Outcome == FamilyOutcome.TimedOut)
        {
            return string.Create(CultureInfo.InvariantCulture, $"did not end within {run.Request.Timeout!.Value.TotalSeconds:0.###} s");
        }

        if (result.MissedFaults is [FaultStep missed, ..])
        {
            string stage = Path.GetFileName(run.Request.Stages[missed.Stage].Path);
            return string.Create(CultureInfo.InvariantCulture, $"{stage}: {result.Stages[missed.Stage]} before signal {missed.Signal} came after {missed.After.TotalMilliseconds:0} ms{Errors(result)}");
        }

        // The last stage decides; the others succeed, or die because nobody reads on.
        for (int i = 0; i < result.Stages.Count; i++)
        {
            ExitStatus status = result.Stages[i];
            bool last = i == result.Stages.Count - 1;
            bool said = run.Declaration.Expected.Stages.TryGetValue(i, out ExitStatus expected);
            expected = said ? expected : last ? run.Declaration.Expected.End : ExitStatus.Exited(0);
            if (status != expected && (said || last || status.Signal != Signal.SIGPIPE))
            {
                return $"{Path.GetFileName(run.Request.Stages[i].Path)}{(said ? $" (stage {i})" : "")}: {status}, expected {expected}{Errors(result)}";
            }
        }

        return run.Declaration.Expected.Unmet(PrintedLines.Of(result.Stdout).Bytes) is { } unmet ? unmet.What + Errors(result) + unmet.Difference : null;
    }

    /// <returns>The beginning of what it wrote to stderr, behind a colon; empty when that is nothing.</returns>
    public static string Errors(LaunchResult result)
    {
        string errors = Encoding.UTF8.GetString(result.Stderr).Trim();
        string quoted = errors.Length > QuotedErrors ? errors[..QuotedErrors] + "..." : errors;
        return quoted.Length > 0 ? $": {quoted}" : string.Empty;
    }

    /// <returns>Which metric of the case the programs did not print as the scenario says; null when none.</returns>
    public static string? OfSamples(LaunchableCase run, SampleLines lines)
    {
        if (lines.Samples.Keys.FirstOrDefault(BuiltInMetrics.Units.ContainsKey) is { } taken)
        {
            return $"the program printed a sample '{taken}', which is the name of a metric that every launch has";
        }

        foreach (MetricSpec metric in run.Declaration.Metrics)
        {
            string wanted = metric.Name == BuiltInMetrics.Start ? BuiltInMetrics.MainStamp : metric.Name;
            if (wanted == metric.Name && BuiltInMetrics.Units.ContainsKey(wanted))
            {
                continue;
            }

            if (!lines.Samples.TryGetValue(wanted, out (string Unit, double Value) sample))
            {
                string printed = lines.Samples.Count == 0 ? "none" : string.Join(", ", lines.Samples.Keys.Order(StringComparer.Ordinal));
                return $"the program printed no sample '{wanted}'; it printed: {printed}";
            }

            if (wanted == metric.Name && sample.Unit != metric.Unit)
            {
                return $"sample '{metric.Name}' is in {sample.Unit}, the scenario says {metric.Unit}";
            }
        }

        return null;
    }
}
