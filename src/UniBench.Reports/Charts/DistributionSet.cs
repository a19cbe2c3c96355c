using UniBench.Measure;
using UniBench.Reports.Model;

namespace UniBench.Reports.Charts;

/// <summary>Latency distributions where programs print histograms: one chart for the first point of each workload's sweep.</summary>
internal static class DistributionSet
{
    public static IReadOnlyList<Chart> Of(RunResults results)
    {
        ILookup<string, RoundRecord> rounds = results.Rounds.Where(r => !r.Warmup && r.Status == CaseStatus.Ok).ToLookup(r => r.CaseId);
        List<Chart> charts = [];
        foreach (var workload in results.Cases.DistinctBy(c => c.Id).GroupBy(c => (c.Scenario, c.Name)))
        {
            string point = MetricRow.PointOf(workload.First().Params);
            CaseResult[] cases = [.. workload.Where(c => MetricRow.PointOf(c.Params) == point)];
            string[] names = [.. cases.SelectMany(c => rounds[c.Id]).SelectMany(r => r.Histograms.Keys).Distinct().Order(StringComparer.Ordinal)];
            charts.AddRange(names.Select(name => Draw(workload.Key.Scenario, workload.Key.Name, point, name, cases, rounds)).OfType<Chart>());
        }

        return charts;
    }

    private static Chart? Draw(string scenario, string workload, string point, string name, CaseResult[] cases, ILookup<string, RoundRecord> rounds)
    {
        var pooled = cases
            .Select(c => (Case: c, Histograms: rounds[c.Id].Select(r => r.Histograms.GetValueOrDefault(name)).OfType<Histogram>().ToArray()))
            .Select(x => (x.Case, Unit: x.Histograms.FirstOrDefault()?.Unit ?? "", Buckets: Pool(x.Histograms)))
            .Where(x => x.Buckets.Count > 0)
            .ToArray();
        if (pooled.Length == 0)
        {
            return null;
        }

        UnitScale scale = UnitScale.For(pooled[0].Unit, pooled.SelectMany(p => p.Buckets.Select(b => (double)b.Value)));
        ChartSeries[] series = [.. pooled.Select(p => new ChartSeries(
            $"{p.Case.Backend}, {p.Case.Placement}", SeriesStyle.Of(p.Case.Backend, p.Case.Placement), Shares(p.Buckets, scale.Factor)))];
        string title = point.Length == 0 ? $"{workload}: distribution of {name}" : $"{workload}: distribution of {name} ({point})";
        return new Chart(
            $"{Slugs.Of($"distribution-{scenario}-{workload}-{name}")}.svg",
            $"{title}: every operation of every round, closed loop, so service time and not response time under load",
            DistributionChart.Draw(title, $"{name}, {scale.Unit}", series));
    }

    private static List<HistogramBucket> Pool(IEnumerable<Histogram> histograms) => [.. histograms
        .SelectMany(h => h.Buckets)
        .Where(b => b.Count > 0)
        .GroupBy(b => b.Value)
        .OrderBy(g => g.Key)
        .Select(g => new HistogramBucket(g.Key, g.Sum(b => b.Count)))];

    private static List<ChartPoint> Shares(List<HistogramBucket> buckets, double factor)
    {
        double total = buckets.Sum(b => b.Count);
        double seen = 0;
        List<ChartPoint> points = [];
        foreach (HistogramBucket bucket in buckets)
        {
            seen += bucket.Count;
            points.Add(new ChartPoint(bucket.Value * factor, "", seen / total, 0, 0));
        }

        return points;
    }
}
