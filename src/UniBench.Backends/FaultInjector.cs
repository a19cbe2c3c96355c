using System.Diagnostics;
using UniBench.Workloads;

namespace UniBench.Backends;

/// <summary>Sends the signals of a launch when their time has come, on a thread of its own; without steps it does nothing.</summary>
internal sealed class FaultInjector(IReadOnlyList<FaultStep> steps) : IDisposable
{
    private readonly ManualResetEventSlim ended = new();
    private readonly bool[] struck = new bool[steps.Count];
    private Thread? thread;

    /// <summary>The stages run: time counts from here.</summary>
    /// <param name="strike">Sends stage and signal; false when the stage has ended. Safe to call at any time.</param>
    public void Start(Func<int, int, bool> strike)
    {
        if (steps.Count == 0)
        {
            return;
        }

        long started = Stopwatch.GetTimestamp();
        thread = new Thread(() => Run(started, strike)) { IsBackground = true, Name = "fault injector" };
        thread.Start();
    }

    /// <summary>The workload is over.</summary>
    /// <returns>The steps that found their stage ended, or whose time never came.</returns>
    public IReadOnlyList<FaultStep> Finish()
    {
        ended.Set();
        thread?.Join();
        return [.. steps.Where((_, i) => !struck[i])];
    }

    public void Dispose()
    {
        Finish();
        ended.Dispose();
    }

    private void Run(long started, Func<int, int, bool> strike)
    {
        foreach ((int i, FaultStep step) in steps.Index().OrderBy(s => s.Item.After))
        {
            TimeSpan wait = step.After - Stopwatch.GetElapsedTime(started);
            if (ended.Wait(wait > TimeSpan.Zero ? wait : TimeSpan.Zero))
            {
                return;
            }

            struck[i] = strike(step.Stage, step.Signal);
        }
    }
}
