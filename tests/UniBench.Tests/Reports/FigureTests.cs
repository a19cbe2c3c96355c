using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports.Model;

namespace UniBench.Tests.Reports;

public sealed class FigureTests
{
    [TestCase(0, "0")]
    [TestCase(0.0123456, "0.0123")]
    [TestCase(0.9996, "1.00")]
    [TestCase(9.996, "10.0")]
    [TestCase(1.5, "1.50")]
    [TestCase(99.96, "100")]
    [TestCase(123.4, "123")]
    [TestCase(1000, "1000")]
    [TestCase(12345, "12300")]
    [TestCase(-4.5678, "-4.57")]
    public void A_number_has_three_digits(double value, string expected) => Assert.That(Figure.Of(value), Is.EqualTo(expected));

    [TestCase("ns", new[] { 210.0, 48000 }, "µs", 1e-3)]
    [TestCase("ns", new[] { 23.0, 48000 }, "ns", 1.0)]
    [TestCase("MB/s", new[] { 2000.0, 9000 }, "GB/s", 1e-3)]
    [TestCase("B/s", new[] { 5e6 }, "MB/s", 1e-6)]
    [TestCase("ms", new[] { 0.02 }, "µs", 1e3)]
    [TestCase("widgets", new[] { 5e6 }, "widgets", 1.0)]
    [TestCase("ns", new double[0], "ns", 1.0)]
    public void A_column_takes_the_unit_that_suits_its_smallest_value(string unit, double[] values, string expected, double factor)
    {
        UnitScale scale = UnitScale.For(unit, values);
        Assert.That(scale.Unit, Is.EqualTo(expected));
        Assert.That(scale.Factor, Is.EqualTo(factor).Within(1e-12 * factor));
    }

    [TestCase("64", 64.0)]
    [TestCase("4k", 4096.0)]
    [TestCase("1M", 1048576.0)]
    [TestCase("0.5", 0.5)]
    [TestCase("", null)]
    [TestCase("k", null)]
    [TestCase("cycle", null)]
    [TestCase("NaN", null)]
    public void A_parameter_is_a_number_or_is_not(string text, double? expected) => Assert.That(ParameterValue.Of(text), Is.EqualTo(expected));

    [TestCase("rtt-rtt_p50", "rtt-rtt_p50")]
    [TestCase("rtt-size=1, stages=2", "rtt-size=1-stages=2")]
    public void A_simple_name_stays_readable_in_a_file_name(string text, string expected) => Assert.That(Slugs.Of(text), Is.EqualTo(expected));

    [Test]
    public void A_long_name_stays_short_enough_for_a_file_and_different_from_others()
    {
        string one = Slugs.Of(new string('x', 300) + "1"), two = Slugs.Of(new string('x', 300) + "2");
        Assert.That(one, Has.Length.LessThan(120).And.Not.EqualTo(two));
    }

    [Test]
    public void Names_that_differ_give_files_that_differ() =>
        Assert.That(new[] { "a b", "a/b", "A-b", "a-b", "../a" }.Select(Slugs.Of), Is.Unique.And.None.Contains("/"));
}
