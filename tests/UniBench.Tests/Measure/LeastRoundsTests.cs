using NUnit.Framework;
using UniBench.Measure.Statistics;

namespace UniBench.Tests.Measure;

/// <summary>The fewest rounds are those from which on the intervals themselves reach their confidence.</summary>
public sealed class LeastRoundsTests
{
    [TestCase(0.9, 5, 3)]
    [TestCase(0.99, 8, 5)]
    [TestCase(0.999, 11, 7)]
    public void They_are_those_of_the_tables(double confidence, int paired, int unpaired)
    {
        Assert.That(LeastRounds.Paired(confidence), Is.EqualTo(paired));
        Assert.That(LeastRounds.Unpaired(confidence), Is.EqualTo(unpaired));
    }

    [TestCase(0.5)]
    [TestCase(0.95)]
    [TestCase(0.99)]
    [TestCase(0.9999)]
    public void One_fewer_does_not_reach_it(double confidence)
    {
        int paired = LeastRounds.Paired(confidence), unpaired = LeastRounds.Unpaired(confidence);
        Assert.That(HodgesLehmann.Of(Values(paired), confidence).Interval.Reached, Is.True);
        Assert.That(MedianInterval.Of(Values(paired), confidence).Reached, Is.True);
        Assert.That(UnpairedShift.Of(Values(unpaired), Values(unpaired), confidence).Interval.Reached, Is.True);
        if (paired > 1)
        {
            Assert.That(HodgesLehmann.Of(Values(paired - 1), confidence).Interval.Reached, Is.False);
            Assert.That(MedianInterval.Of(Values(paired - 1), confidence).Reached, Is.False);
        }

        if (unpaired > 1)
        {
            Assert.That(UnpairedShift.Of(Values(unpaired - 1), Values(unpaired - 1), confidence).Interval.Reached, Is.False);
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void A_confidence_that_is_none_is_refused(double confidence) =>
        Assert.That(() => LeastRounds.Paired(confidence), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static double[] Values(int n) => [.. Enumerable.Range(1, n).Select(i => (double)i * i)];
}
