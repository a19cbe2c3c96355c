using UniBench.Measure;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports.Charts;

/// <summary>Latency distributions where programs print histograms: a cumulative and a counted chart for the first point of each workload's sweep.</summary>
internal static class DistributionSet
{
    public static IReadOnlyList<Chart> Of(RunResults results, Language language)
    {
        ILookup<string, RoundRecord> rounds = results.Rounds.Where(r => !r.Warmup && r.Status == CaseStatus.Ok).ToLookup(r => r.CaseId);
        BackendStyles styles = BackendStyles.Of(results);
        List<Chart> charts = [];
        foreach (var workload in results.Cases.DistinctBy(c => c.Id).GroupBy(c => (c.Scenario, c.Name)))
        {
            CaseMetric[] cases = [.. workload.Where(c => c.Params.SequenceEqual(workload.First().Params))];
            string point = MetricRow.PointOf(workload.First().Params, results.Scenario.Units);
            string[] names = [.. cases.SelectMany(c => rounds[c.Id]).SelectMany(r => r.Histograms.Keys).Distinct().Order(StringComparer.Ordinal)];
            foreach (string name in names)
            {
                PooledHistogram[] pooled = [.. cases
                    .Select(c => PooledHistogram.Of($"{c.Backend}, {c.Placement}", styles.Of(c.Backend, c.Placement), rounds[c.Id], name))
                    .OfType<PooledHistogram>()];
                if (pooled.Length > 0)
                {
                    charts.AddRange(Draw($"{workload.Key.Scenario}-{workload.Key.Name}-{name}", workload.Key.Name, point, name, Loops.Explain(name, names, language), pooled, language));
                }
            }
        }

        return charts;
    }

    private static IEnumerable<Chart> Draw(string slug, string workload, string point, string name, string explained, PooledHistogram[] pooled, Language language)
    {
        UnitScale scale = UnitScale.For(pooled[0].Unit, pooled.SelectMany(p => p.Buckets.Select(b => (double)b.Value)));
        string where = point.Length == 0 ? "" : $" ({point})";
        string axis = $"{name}, {scale.Unit}";
        string title = language.DistributionOf(workload, name) + where;
        yield return new DistributionChart(
            Slugs.Of($"distribution-{slug}"), title, $"{title}: {explained}", axis, [.. pooled.Select(p => Cumulated(p, scale.Factor))], language);

        string counted = language.HistogramOf(workload, name) + where;
        yield return HistogramBins.Chart(Slugs.Of($"histogram-{slug}"), counted, $"{counted}: {explained}; {language.StripScale}", axis, pooled, scale.Factor, language);
    }

    private static DistributionSeries Cumulated(PooledHistogram pooled, double factor)
    {
        long total = pooled.Count;
        double seen = 0;
        List<Step> steps = [];
        foreach (HistogramBucket bucket in pooled.Buckets)
        {
            seen += bucket.Count;
            steps.Add(new Step(bucket.Value * factor, seen / total));
        }

        Quantile[] quantiles = [.. LatencyQuantiles.Shown
            .Where(m => HistogramQuantile.IsShown(total, m.Share))
            .Select(m => new Quantile(m.Name, m.Share, HistogramQuantile.Of(pooled.Buckets, m.Share) * factor))];
        return new DistributionSeries(pooled.Label, pooled.Style, total, steps, quantiles);
    }
}
