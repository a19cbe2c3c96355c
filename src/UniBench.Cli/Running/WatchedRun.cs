using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Reports;
using UniBench.Reports.Comparisons;
using UniBench.Workbench.Running;

namespace UniBench.Cli.Running;

/// <summary>A run on the command line: progress on stderr, what came of it on stdout, and Ctrl-C waits for the launch in flight.</summary>
internal sealed class WatchedRun(Progress progress, TextWriter output, Interruption interruption, string directory) : IRunWatcher
{
    public void Started(string title, int mostRounds) => progress.Start(title, mostRounds);

    public void Round(bool warmup, int number, int launchesLeft) => progress.Block(warmup, number, launchesLeft);

    public IDisposable? Launching(string? id)
    {
        if (id is not null)
        {
            progress.Launching(id);
        }

        return interruption.Launching();
    }

    public void Launched(RoundRecord record, MetricSpec metric) => progress.Launched(record, metric);

    public void LeftOut() => progress.Skip();

    public void Warn(string message) => progress.Warn(message);

    public void Ended(RunResults results, IReadOnlyList<string> reports)
    {
        progress.Finish();
        output.Write(SummaryText.Render(results));
        if (BuildComparison.Of(results) is { Count: > 0 } builds)
        {
            output.WriteLine();
            output.Write(ComparisonText.RenderBuilds(builds, markdown: false));
        }

        output.WriteLine($"\nreport: {string.Join(", ", reports)}\nresults: {Path.Combine(directory, ResultsFile.Name)}");
    }
}
