using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;

namespace UniBench.Tests.Cli;

/// <summary>Thresholds in a scenario fail a run.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RequirementTests : IDisposable
{
    private readonly Session session = new("@sample rtt_p50 ns 1200\n");

    public void Dispose() => session.Dispose();

    [TestCase(""".Require("rtt_p50", below: 1.3, unit: "us")""", ExitCodes.Ok, "")]
    [TestCase(""".Require("rtt_p50", below: 1, unit: "us")""", ExitCodes.Regression, "median 1.20 [1.20, 1.20] µs, required below 1 µs")]
    [TestCase(""".Require("rtt_p50", below: 1200)""", ExitCodes.Regression, "required below 1200 ns")]
    [TestCase(""".Require("rtt_p50", above: 1500)""", ExitCodes.Regression, "required above 1500 ns")]
    [TestCase(""".Require("rtt_p50", above: 1, below: 2, unit: "us")""", ExitCodes.Ok, "")]
    [TestCase(""".Require("rtt_p50", below: 1, unit: "us", backend: "unikernel")""", ExitCodes.Ok, "")]
    [TestCase(""".Require("rtt_p50", below: 1, unit: "us", placement: Same)""", ExitCodes.Ok, "")]
    public void A_median_beyond_its_threshold_fails_the_run(string required, int code, string message)
    {
        string script = $"""Case("a", Program("true")).Metric("rtt_p50", "ns", Lower){required};""";
        Assert.That(session.Run(script, "--rounds", "8", "--backends", "process"), Is.EqualTo(code), session.Errors);
        Finding[] found = [.. session.Load().Findings.Where(f => f.Code == "requirement")];
        Assert.That(found, Has.Length.EqualTo(code == ExitCodes.Ok ? 0 : 1));
        Assert.That(session.Out, Does.Contain(message));
    }

    [TestCase(""".Require("rtt_p99", below: 1)""", "'rtt_p99', which it does not keep")]
    [TestCase(""".Require("rtt_p50", below: 1, unit: "MB")""", "is in ns, which cannot be told in MB")]
    [TestCase(""".Require("rtt_p50")""", "below: ...) or above: ...")]
    [TestCase(""".Require("rtt_p50", below: 1, backend: "proces")""", "did you mean process?")]
    public void A_threshold_that_means_nothing_is_an_error_of_the_script(string required, string message)
    {
        Assert.That(session.Run($"""Case("a", Program("true")).Metric("rtt_p50", "ns", Lower){required};"""), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain(message));
    }
}
