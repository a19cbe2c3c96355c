using System.Diagnostics;
using System.Globalization;

namespace UniBench.Workbench.Running;

/// <summary>Waits until nobody else works on this machine, by the same bounds from which on a report warns of company and load.</summary>
public static class IdleMachine
{
    /// <summary>So many looks, one behind the other, must find it idle: jobs pause, too.</summary>
    internal const int Looks = 3;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <param name="most">Longest time to wait.</param>
    /// <param name="say">Is told once that there is something to wait for, and for what.</param>
    /// <returns>Null when it is idle; else what still keeps it busy after that time.</returns>
    /// <exception cref="OperationCanceledException">The caller does not want to wait any longer.</exception>
    public static string? Wait(TimeSpan most, Action<string> say, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(say);
        return Wait(most, Environment.ProcessorCount, HostNoise.Read, say, () =>
        {
            cancellation.WaitHandle.WaitOne(BetweenLooks);
            cancellation.ThrowIfCancellationRequested();
        });
    }

    /// <param name="pause">Between two looks.</param>
    internal static string? Wait(TimeSpan most, int cores, Func<HostNoise> look, Action<string> say, Action pause)
    {
        HostNoise first = look(), last = first;
        bool said = false;
        for (int idle = 0; ;)
        {
            pause();
            HostNoise now = look();
            string? busy = Busy(last, now, cores);
            last = now;
            idle = busy is null ? idle + 1 : 0;
            if (idle == Looks)
            {
                return null;
            }

            if (busy is not null && Stopwatch.GetElapsedTime(first.At, now.At) >= most)
            {
                return busy;
            }

            if (busy is not null && !said)
            {
                say(busy);
                said = true;
            }
        }
    }

    private static string? Busy(HostNoise before, HostNoise now, int cores)
    {
        double foreign = before.ForeignUntil(now);
        return foreign > HostNoise.MuchForeign ? string.Create(CultureInfo.InvariantCulture, $"other processes keep {foreign:0.##} CPUs busy")
            : now.IsLoaded(cores) ? string.Create(CultureInfo.InvariantCulture, $"the load of the last minute is {now.Load:0.##} on {cores} CPUs")
            : null;
    }
}
