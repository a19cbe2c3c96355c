using System.Text;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Workbench.Running;

namespace UniBench.Tests.Cli;

internal sealed class SampleLinesTests
{
    [Test]
    public void Samples_and_histograms_are_read_and_other_lines_are_not()
    {
        SampleLines lines = Parse("hello\n@sample rtt_p50 ns 412.5\n# @sample x ns 1\n@hist rtt ns 105:2031 106:377\nend");
        Assert.Multiple(() =>
        {
            Assert.That(lines.Samples, Is.EquivalentTo(new Dictionary<string, (string, double)> { ["rtt_p50"] = ("ns", 412.5) }));
            Assert.That(lines.Histograms["rtt"].Unit, Is.EqualTo("ns"));
            Assert.That(lines.Histograms["rtt"].Buckets, Is.EqualTo(new[] { new HistogramBucket(105, 2031), new HistogramBucket(106, 377) }));
        });
    }

    [TestCase("")]
    [TestCase("\n\n")]
    [TestCase("@samples are not samples 1 2 3\n")]
    [TestCase("\0\ufffd binary\n")]
    public void Ordinary_output_holds_no_samples(string output) => Assert.That(Parse(output).Samples, Is.Empty);

    [TestCase("@sample a ns 0", 0)]
    [TestCase("@sample a ns -1.5", -1.5)]
    [TestCase("@sample a ns 5", 5)]
    [TestCase("@sample a ns 1\r", 1)]
    public void A_value_is_a_plain_decimal_number(string line, double value) => Assert.That(Parse(line).Samples["a"].Value, Is.EqualTo(value));

    [Test]
    public void The_point_is_a_point_in_every_culture()
    {
        using DecimalComma comma = new();
        Assert.That(Parse("@sample a ns 1.5").Samples["a"].Value, Is.EqualTo(1.5));
    }

    [TestCase("@sample")]
    [TestCase("@sample a")]
    [TestCase("@sample a ns")]
    [TestCase("@sample a ns 1 2")]
    [TestCase("@sample a ns 1,5")]
    [TestCase("@sample a ns nan")]
    [TestCase("@sample a ns inf")]
    [TestCase("@sample a ns 1e999")]
    [TestCase("@sample A-b ns 1")]
    [TestCase("@sample a ns 1\n@sample a ns 2")]
    [TestCase("@hist a")]
    [TestCase("@hist a ns 5")]
    [TestCase("@hist a ns 5:x")]
    [TestCase("@hist a ns 5:-1")]
    [TestCase("@hist a ns 5:1 5:1")]
    [TestCase("@hist a ns 6:1 5:1")]
    [TestCase("@hist a ns 1:1\n@hist a ns 1:1")]
    public void A_line_that_only_looks_like_one_of_ours_is_refused_with_a_quotation(string output) =>
        Assert.That(() => Parse(output), Throws.InstanceOf<FormatException>().With.Message.Contains(output.Split('\n')[^1]));

    private static SampleLines Parse(string output) => SampleLines.Parse(Encoding.UTF8.GetBytes(output));
}
