using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using UniBench.Workbench.Running;
using UniBench.Workloads;

namespace UniBench.Workbench.Scripting;

/// <summary>What every launch of a case has to do, beside ending.</summary>
internal sealed class Expectations
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(5);
    private readonly List<(string What, Func<string, bool> Holds, string? Right)> outputs = [];
    private readonly List<(string Metric, double AtLeast, double AtMost)> ranges = [];

    /// <summary>How the last stage has to end.</summary>
    public ExitStatus End { get; set; } = ExitStatus.Exited(0);

    /// <summary>How stages have to end of which that was said; goes before <see cref="End"/>.</summary>
    public Dictionary<int, ExitStatus> Stages { get; } = [];

    /// <summary>Something was said, be it the usual: a case that expects needs no metric.</summary>
    public bool Any { get; set; }

    public void Output(string text) => Add($"its output is {Shown(text)}", output => output == text, text);

    /// <exception cref="ScenarioException">It is no regular expression.</exception>
    public void Match(string pattern)
    {
        try
        {
            Regex regex = new(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant, MatchLimit);
            Add($"its output matches /{pattern}/", regex.IsMatch, right: null);
        }
        catch (ArgumentException e)
        {
            throw new ScenarioException($"/{pattern}/ is no regular expression: {e.Message}", e);
        }
    }

    public void Range(string metric, double atLeast, double atMost)
    {
        Any = true;
        ranges.Add((metric, atLeast, atMost));
    }

    /// <param name="printed">What the last stage wrote to stdout, without UniBench's own lines.</param>
    /// <returns>Which expectation the output does not meet, and line by line how it differs where that helps; null when it meets all.</returns>
    public (string What, string Difference)? Unmet(byte[] printed)
    {
        string text = Encoding.UTF8.GetString(printed);
        foreach ((string what, Func<string, bool> holds, string? right) in outputs)
        {
            if (!holds(text))
            {
                return ($"expected that {what}, but it printed {Shown(text)}", right is null ? "" : LineDifference.Of(right, text));
            }
        }

        return null;
    }

    /// <returns>Which expectation the samples do not meet; null when they meet all.</returns>
    public string? Unmet(IReadOnlyDictionary<string, double> samples)
    {
        foreach ((string metric, double atLeast, double atMost) in ranges)
        {
            if (!samples.TryGetValue(metric, out double value))
            {
                return $"expected a sample '{metric}'; there are: {string.Join(", ", samples.Keys)}";
            }

            if (!(value >= atLeast && value <= atMost))
            {
                string range = double.IsNegativeInfinity(atLeast) ? $"at most {Shown(atMost)}"
                    : double.IsPositiveInfinity(atMost) ? $"at least {Shown(atLeast)}"
                    : $"from {Shown(atLeast)} to {Shown(atMost)}";
                return $"expected {metric} {range}, measured {Shown(value)}";
            }
        }

        return null;
    }

    /// <param name="right">The only output for which it holds; null where there are others.</param>
    private void Add(string what, Func<string, bool> holds, string? right)
    {
        Any = true;
        outputs.Add((what, holds, right));
    }

    private static string Shown(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Shown(string text)
    {
        const int Most = 200;
        string line = text.Replace("\n", "\\n", StringComparison.Ordinal);
        return text.Length == 0 ? "nothing" : $"'{(line.Length > Most ? line[..Most] + "..." : line)}'";
    }
}
