using NUnit.Framework;
using UniBench.Cli.Comparing;

namespace UniBench.Tests.Cli;

internal sealed class PerfAgreementTests
{
    [Test]
    public void Perfs_time_a_round_trip_is_read_from_what_it_prints() => Assert.That(
        PerfAgreement.ParsePerf("# Running 'sched/pipe' benchmark:\n\n     Total time: 0.082 [sec]\n\n       4.127800 usecs/op\n         242259 ops/sec\n"),
        Is.EqualTo(4127.8).Within(1e-9));

    [Test]
    public void Anything_else_is_refused() => Assert.That(() => PerfAgreement.ParsePerf("nothing"), Throws.TypeOf<FormatException>());
}
