using System.Globalization;

namespace UniBench.Reports.Charts;

/// <summary>File names of a report's charts: workloads and metrics with hyphens in their names could make two equal.</summary>
internal sealed class ChartNames
{
    private readonly HashSet<string> taken = [];

    public IReadOnlyList<Chart> Unique(IEnumerable<Chart> charts) => [.. charts.Select(Unique)];

    private Chart Unique(Chart chart)
    {
        string slug = chart.Slug;
        for (int i = 2; !taken.Add(slug); i++)
        {
            slug = string.Create(CultureInfo.InvariantCulture, $"{chart.Slug}-{i}");
        }

        return slug == chart.Slug ? chart : chart with { Slug = slug };
    }
}
