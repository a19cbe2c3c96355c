using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>Whoever watches a run: it is told how far the run is, from the thread that measures, between launches.</summary>
public interface IRunWatcher
{
    /// <param name="mostRounds">Measured ones.</param>
    void Started(string title, int mostRounds);

    /// <summary>A round of all cases begins.</summary>
    /// <param name="number">Of its kind, from 1.</param>
    /// <param name="launchesLeft">At most, this round's included.</param>
    void Round(bool warmup, int number, int launchesLeft);

    /// <summary>A launch begins.</summary>
    /// <param name="id">Of its case; null for a launch that is not part of a round.</param>
    /// <returns>Held until the launch has ended and has cleaned up behind itself, however it ended; null for nothing.</returns>
    IDisposable? Launching(string? id);

    /// <summary>A launch of a round has ended.</summary>
    /// <param name="metric">The first of its case.</param>
    void Launched(RoundRecord record, MetricSpec metric);

    /// <summary>A launch is left out: its case was given up.</summary>
    void LeftOut();

    /// <summary>Something that a reader of the report should know before it is there.</summary>
    void Warn(string message);

    /// <summary>The run has ended, as planned or not, and its files are written.</summary>
    /// <param name="reports">The main file of each format.</param>
    void Ended(RunResults results, IReadOnlyList<string> reports);
}
