using UniBench.Measure;
using UniBench.Measure.Comparing;

namespace UniBench.Cli.Comparing;

/// <summary>Refuses to compare what differs in more than what is judged.</summary>
internal static class ComparableRuns
{
    /// <param name="allowed">Aspects that may differ; what differs is told in any case.</param>
    /// <returns>False when something differs that may not.</returns>
    public static bool Check(RunResults before, RunResults after, IReadOnlyCollection<string> allowed, TextWriter errors)
    {
        var differences = Comparability.Differences(before, after);
        string[] refused = [.. differences.Select(d => d.Aspect).Distinct().Where(a => !allowed.Contains(a))];
        foreach ((string aspect, string difference) in differences)
        {
            errors.WriteLine($"unibench: {(refused.Contains(aspect) ? "not comparable" : "differs, as allowed")}: {difference}");
        }

        if (refused.Length > 0)
        {
            errors.WriteLine($"unibench: nothing was compared; --despite {string.Join(',', refused)} compares all the same");
        }

        return refused.Length == 0;
    }

    /// <exception cref="FormatException">An aspect is not one.</exception>
    public static IReadOnlyList<string> ParseAspects(string text)
    {
        string[] aspects = text.Split(',', StringSplitOptions.TrimEntries);
        string? unknown = aspects.FirstOrDefault(a => !Comparability.Aspects.Contains(a));
        return unknown is null ? aspects : throw new FormatException($"'{unknown}' is not one of {string.Join(", ", Comparability.Aspects)}");
    }
}
