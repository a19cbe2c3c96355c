using System.Globalization;
using UniBench.Measure;

namespace UniBench.Reports.Model;

/// <summary>The few findings that stand under the answers, shortened to a line each; all of them stand behind the tables with their advice.</summary>
internal static class FirstFindings
{
    public const int Most = 3;

    /// <summary>The most serious first.</summary>
    public static IEnumerable<Finding> Of(RunResults results) =>
        results.Findings.OrderByDescending(f => f.Severity).Take(Most).Select(f => f with { Message = Short(f.Message) });

    /// <summary>Of a list of cases the first, and how many more there are.</summary>
    internal static string Short(string message)
    {
        string[] parts = message.Split("; ");
        if (parts.Length == 1)
        {
            return message;
        }

        string last = parts[^1];
        int more = last.StartsWith("and ", StringComparison.Ordinal) && last.EndsWith(" more", StringComparison.Ordinal)
            && int.TryParse(last["and ".Length..^" more".Length], NumberStyles.None, CultureInfo.InvariantCulture, out int unnamed)
            ? parts.Length - 2 + unnamed
            : parts.Length - 1;
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}; and {more} more");
    }
}
