using NUnit.Framework;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Workloads;

namespace UniBench.Tests.Reports;

public sealed class ChartLabelTests
{
    private static readonly string[] Backends = ["unikernel", "sandbox", "process", "container"];
    private static readonly BackendStyles Styles = new(Backends.Select(b => (b, (BackendLook?)null)));
    private static readonly string[] Placements = ["same", "cross", "free"];

    [TestCase(6, 4)]
    [TestCase(40, 1.2)]
    [TestCase(3, 1000)]
    public void Labels_of_a_sweep_do_not_touch(int points, double step)
    {
        SweepChart chart = new("rtt", "rtt: rtt_p50", "", "size", "rtt_p50, us, lower is better", [.. Series(points, step)], Language.English);
        AssertApart(chart.Compose());
    }

    [TestCase(1.0)]
    [TestCase(1000.0)]
    public void Labels_of_bars_do_not_touch(double spread)
    {
        Bar[] bars = [.. Backends.SelectMany(b => Placements.Select((p, i) => new Bar($"{b}, {p}", Styles.Of(b, p), 1 + (i * spread), 1, 1 + (i * spread * 1.1))))];
        BarGroup[] groups = [new("block=4k", bars), new("block=64k", bars)];
        AssertApart(new BarChart("stream", "stream: throughput", "", "throughput, GB/s", groups, Language.English).Compose());
    }

    [TestCase(3.0)]
    [TestCase(100000.0)]
    public void Labels_of_a_histogram_do_not_touch(double span)
    {
        double[] edges = [.. Enumerable.Range(0, 11).Select(i => Math.Pow(span, i / 10.0))];
        ChartSeries[] series = [.. Backends.SelectMany(b => Placements.Select(p => new ChartSeries($"{b}, {p}", Styles.Of(b, p), [.. edges.SkipLast(1).Select(e => new ChartPoint(e, "", 0.1, 0, 0))])))];
        AssertApart(new HistogramChart("rtt", "rtt: histogram of rtt", "", "rtt, us", edges, series, span > 10, Language.Greek).Compose());
    }

    private static IEnumerable<ChartSeries> Series(int points, double step) =>
        Backends.SelectMany(b => Placements.Select(p => new ChartSeries($"{b}, {p}", Styles.Of(b, p), [.. Enumerable.Range(0, points).Select(i => Point(i, step))])));

    private static ChartPoint Point(int i, double step)
    {
        double x = Math.Pow(step, i);
        return new ChartPoint(x, Axis.Label(Math.Round(x, 1)), 10 + x, 9 + x, 11 + x);
    }

    private static void AssertApart(Svg canvas)
    {
        Assert.That(canvas.Labels, Has.Count.GreaterThan(5));
        for (int i = 0; i < canvas.Labels.Count; i++)
        {
            LabelBox one = canvas.Labels[i];
            Assert.That(one.X >= 0 && one.X + one.Width <= canvas.Width && one.Y >= 0 && one.Y + one.Height <= canvas.Height, $"clipped: {one}");
            Assert.That(canvas.Labels.Skip(i + 1).Where(one.Overlaps), Is.Empty, $"{one} is covered");
        }
    }
}
