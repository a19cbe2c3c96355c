using System.Diagnostics;
using System.Globalization;
using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports;

namespace UniBench.Cli.Running;

/// <summary>Says on stderr how far a run is: one live line on a terminal, a line for each block of rounds elsewhere.</summary>
/// <param name="live">Rewrite the last line; not with NO_COLOR or a terminal without control characters.</param>
/// <param name="columns">Width that the live line keeps to.</param>
internal sealed class Progress(TextWriter errors, bool live, int columns)
{
    private readonly Dictionary<string, List<double>> values = [];
    private readonly Dictionary<string, string> units = [];
    private int done, left, width, rounds;
    private long started;
    private string position = "";

    /// <summary>Live only where <paramref name="errors"/> is this process's stderr and that is a terminal.</summary>
    public static Progress On(TextWriter errors)
    {
        bool live = errors == Console.Error
            && !Console.IsErrorRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new Progress(errors, live, live && Console.WindowWidth > 0 ? Math.Max(40, Console.WindowWidth) : 80);
    }

    /// <param name="mostRounds">Measured ones.</param>
    public void Start(string title, int mostRounds)
    {
        rounds = mostRounds;
        done = 0;
        values.Clear();
        started = Stopwatch.GetTimestamp();
        Warn(title);
    }

    /// <summary>A block begins.</summary>
    /// <param name="number">Of its kind, from 1.</param>
    /// <param name="launchesLeft">At most, this block's included.</param>
    public void Block(bool warmup, int number, int launchesLeft)
    {
        left = launchesLeft;
        position = string.Create(CultureInfo.InvariantCulture, $"{(warmup ? "warm-up" : "measuring")}, round {number}{(warmup ? "" : $" of {rounds}")}");
        if (!live)
        {
            Warn(position + TimeLeft());
        }
    }

    /// <summary>A launch begins.</summary>
    public void Launching(string id)
    {
        if (live)
        {
            string text = $"{position}{TimeLeft()}: {id}{SoFar(id)}";
            text = text.Length < columns ? text : text[..(columns - 1)];
            errors.Write($"\r{text.PadRight(width)}");
            width = text.Length;
        }
    }

    /// <summary>A launch has ended.</summary>
    /// <param name="metric">Whose estimate is shown.</param>
    public void Launched(RoundRecord record, MetricSpec metric)
    {
        Skip();
        if (!record.Warmup && record.Samples.TryGetValue(metric.Name, out double value))
        {
            values.TryAdd(record.CaseId, []);
            values[record.CaseId].Add(value);
            units[record.CaseId] = metric.Unit;
        }
    }

    /// <summary>A launch that is left out.</summary>
    public void Skip()
    {
        done++;
        left--;
    }

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

    private string TimeLeft() => done == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $", at most about {Stopwatch.GetElapsedTime(started).TotalSeconds / done * left:0} s left");

    private string SoFar(string id) => values.TryGetValue(id, out List<double>? seen)
        ? $", so far {ReadableValue.Of(Median.Of(seen), units[id])}"
        : "";
}
