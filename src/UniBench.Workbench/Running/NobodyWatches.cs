using UniBench.Measure;

namespace UniBench.Workbench.Running;

/// <summary>For a run that nobody watches.</summary>
internal sealed class NobodyWatches : IRunWatcher
{
    public void Started(string title, int mostRounds)
    {
    }

    public void Round(bool warmup, int number, int launchesLeft)
    {
    }

    public IDisposable? Launching(string? id) => null;

    public void Launched(RoundRecord record, MetricSpec metric)
    {
    }

    public void LeftOut()
    {
    }

    public void Warn(string message)
    {
    }

    public void Ended(RunResults results, IReadOnlyList<string> reports)
    {
    }
}
