using System.Text.RegularExpressions;

namespace UniBench.Reports.Numbers;

/// <summary>
/// Text whose numbers are of runs. A number stands between comments that a reader of Markdown does not see:
/// <c>&lt;!--= pipeline/rtt{size=1}/sandbox/cross rtt_p50 us --&gt;0.453 us&lt;!--/=--&gt;</c>.
/// </summary>
public static partial class FilledText
{
    /// <summary>The text with every number as the runs have it.</summary>
    /// <exception cref="InvalidDataException">A number is of no run that was given; the message has its line.</exception>
    public static string Of(string text, MeasuredNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(numbers);
        return Place().Replace(text, place =>
        {
            try
            {
                return $"{place.Groups["before"].Value}{numbers.Text(place.Groups["id"].Value, place.Groups["metric"].Value, place.Groups["field"].Value)}{place.Groups["after"].Value}";
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException(FormattableString.Invariant($"line {text.AsSpan(0, place.Index).Count('\n') + 1}: {e.Message}"), e);
            }
        });
    }

    /// <summary>How many numbers it has.</summary>
    public static int Count(string text) => Place().Count(text);

    [GeneratedRegex(@"(?<before><!--= (?<id>\S+) (?<metric>\S+) (?<field>\S+) -->)[^<\n]*(?<after><!--/=-->)")]
    private static partial Regex Place();
}
