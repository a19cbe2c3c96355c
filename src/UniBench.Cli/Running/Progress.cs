using System.Diagnostics;
using System.Globalization;
using UniBench.Measure;

namespace UniBench.Cli.Running;

/// <summary>Says on stderr how far a run is: one live line on a terminal, a line per block of rounds elsewhere.</summary>
internal sealed class Progress(TextWriter errors, bool live)
{
    private int total, done, round = -1;
    private long started;
    private int width;

    public void Start(int launches, string title)
    {
        total = launches;
        done = 0;
        round = -1;
        started = Stopwatch.GetTimestamp();
        Line($"{title}: {launches} launches");
    }

    public void Launching(ScheduledLaunch launch)
    {
        string left = done > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Stopwatch.GetElapsedTime(started).TotalSeconds / done * (total - done):0} s left") : string.Empty;
        string position = string.Create(CultureInfo.InvariantCulture, $"round {launch.Round + 1}{(launch.Warmup ? " (warm-up)" : string.Empty)}, {done}/{total} launches{left}");
        if (live)
        {
            string text = $"{position}: {launch.Case.Id}";
            text = text.Length > 110 ? text[..110] : text;
            errors.Write("\r" + text.PadRight(width));
            width = text.Length;
        }
        else if (launch.Round != round)
        {
            Line(position);
        }

        round = launch.Round;
        done++;
    }

    public void Warn(string message) => Line(message);

    public void Finish() => Clear();

    private void Line(string text)
    {
        Clear();
        errors.WriteLine($"unibench: {text}");
    }

    private void Clear()
    {
        if (live && width > 0)
        {
            errors.Write("\r" + new string(' ', width) + "\r");
            width = 0;
        }
    }
}
