using System.Diagnostics;
using System.Globalization;
using UniBench.Measure;

namespace UniBench.Cli.Running;

/// <summary>Says on stderr how far a run is: one live line on a terminal, a line for each block of rounds elsewhere.</summary>
/// <param name="live">Rewrite the last line; not with NO_COLOR or a terminal without control characters.</param>
/// <param name="columns">Width that the live line keeps to.</param>
internal sealed class Progress(TextWriter errors, bool live, int columns)
{
    private int total, done, round = -1, width;
    private long started;

    /// <summary>Live only where <paramref name="errors"/> is this process's stderr and that is a terminal.</summary>
    public static Progress On(TextWriter errors)
    {
        bool live = errors == Console.Error
            && !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new Progress(errors, live, live ? Math.Max(40, Console.WindowWidth) : 80);
    }

    public void Start(string title, int launches)
    {
        total = launches;
        done = 0;
        round = -1;
        started = Stopwatch.GetTimestamp();
        Warn($"{title}: {launches} launches");
    }

    public void Launching(ScheduledLaunch launch)
    {
        string left = done > 0
            ? string.Create(CultureInfo.InvariantCulture, $", about {Stopwatch.GetElapsedTime(started).TotalSeconds / done * (total - done):0} s left")
            : string.Empty;
        string block = launch.Warmup ? "warm-up" : "measuring";
        string position = string.Create(CultureInfo.InvariantCulture, $"{block}, round {launch.Round + 1}, {done} of {total} launches done{left}");
        if (live)
        {
            string text = $"{position}: {launch.Case.Id}";
            text = text.Length < columns ? text : text[..(columns - 1)];
            errors.Write($"\r{text.PadRight(width)}");
            width = text.Length;
        }
        else if (launch.Round != round)
        {
            Warn(position);
        }

        round = launch.Round;
        done++;
    }

    /// <summary>A launch that is left out.</summary>
    public void Skip() => done++;

    public void Warn(string message)
    {
        Finish();
        errors.WriteLine($"unibench: {message}");
    }

    /// <summary>Takes the live line away.</summary>
    public void Finish()
    {
        if (width > 0)
        {
            errors.Write($"\r{new string(' ', width)}\r");
            width = 0;
        }
    }
}
