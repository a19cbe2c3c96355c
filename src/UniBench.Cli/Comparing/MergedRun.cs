using UniBench.Cli.Commands;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench.Running;

namespace UniBench.Cli.Comparing;

/// <summary>Several runs as one, with its files.</summary>
internal static class MergedRun
{
    /// <summary>What the machines measured, each for itself and all together.</summary>
    public const string MachinesFile = "machines.md";

    /// <param name="given">Runs, as the user named them.</param>
    /// <param name="despite">Aspects in which they may differ.</param>
    /// <returns>The exit status: runs that do not belong together are refused, and nothing is written.</returns>
    public static int Write(IReadOnlyList<string> given, string folder, IReadOnlyList<ReportFormat>? formats, IReadOnlyCollection<string> despite, CommandLine line)
    {
        RunResults[] runs = [.. given.Select(Baselines.Load)];
        for (int i = 1; i < runs.Length; i++)
        {
            for (int earlier = 0; earlier < i; earlier++)
            {
                if (Merging.Obstacle(runs[earlier], runs[i]) is { } obstacle)
                {
                    line.Errors.WriteLine($"unibench: not one run: {given[earlier]} and {given[i]} {obstacle}");
                    return ExitCodes.NotComparable;
                }
            }

            if (!ComparableRuns.Check(runs[0], runs[i], despite, line.Errors))
            {
                return ExitCodes.NotComparable;
            }
        }

        RunResults merged = Merging.Of(runs);
        using LaunchLog log = new(folder, RunDescription.Of(merged), ResultsBuilder.PlanOf(merged), [.. LaunchFindings.OfRunner(merged)], merged.Rounds) { Formats = formats };
        line.Output.Write(SummaryText.Render(log.WriteReport(interrupted: false)));
        string[] written = [.. log.Written];
        if (MachinesText.Of(merged) is { } machines)
        {
            string path = Path.Combine(folder, MachinesFile);
            File.WriteAllText(path, machines);
            line.Output.Write($"\n{machines}");
            written = [.. written, path];
        }

        line.Output.WriteLine($"\nreport: {string.Join(", ", written)}\nresults: {Path.Combine(folder, ResultsFile.Name)}");
        return ExitCodes.Ok;
    }
}
