using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Comparing;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Cli;

/// <summary>`history check`: a lasting step fails the night, whatever the gates of single nights said.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[NonParallelizable] // the store's place is a variable of the process
internal sealed class HistoryCheckTests : IDisposable
{
    private const string Variable = "UNIBENCH_STORE";
    private readonly Session session = new();
    private readonly RunResults run = FabricatedRun.Pipeline(rounds: 8);
    private readonly SplitMix64 random = new(3);
    private int nights;

    public HistoryCheckTests() => Environment.SetEnvironmentVariable(Variable, Path.Combine(session.Folder, "store"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        session.Dispose();
    }

    [Test]
    public void A_step_that_lasts_three_nights_fails_and_one_bad_night_does_not()
    {
        Nights(12, 1);
        Assert.That(Check(), Is.EqualTo(ExitCodes.Ok), session.Out);
        Nights(1, 1.5);
        Nights(4, 1);
        Assert.That(Check(), Is.EqualTo(ExitCodes.Ok), session.Out);
        Nights(3, 1.2);
        Assert.That(Check(), Is.EqualTo(ExitCodes.Regression));
        Assert.That(session.Out, Does.Contain("worse").And.Contain("pipeline/rtt{size=1}/unikernel/cross").And.Match(@"now 1\.(19|2|21)x slower"));
    }

    [Test]
    public void Four_percent_a_night_is_found_though_each_night_is_like_the_last()
    {
        Nights(10, 1);
        for (int i = 1; i <= 6; i++)
        {
            Nights(1, Math.Pow(1.04, i));
        }

        Assert.That(Check(), Is.EqualTo(ExitCodes.Regression));
    }

    [Test]
    public void It_fails_until_it_is_repaired_or_accepted()
    {
        Nights(12, 1);
        Nights(5, 1.3);
        Assert.That(Check(), Is.EqualTo(ExitCodes.Regression));
        Assert.That(Check("--accepted", Accepted("2026-02-01")), Is.EqualTo(ExitCodes.Ok), "somebody lives with it");
        Assert.That(Check("--accepted", Accepted("2026-01-05")), Is.EqualTo(ExitCodes.Regression), "that was before it");
        Nights(6, 1);
        Assert.That(Check(), Is.EqualTo(ExitCodes.Ok), session.Out);
    }

    [Test]
    public void A_better_level_is_told_and_does_not_fail()
    {
        Nights(12, 1);
        Nights(4, 0.7);
        Assert.That(Check(), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Out, Does.Contain("better").And.Contain("0 on a worse level, 1 on another one"));
    }

    [Test]
    public void Only_what_gates_speak_of_is_watched_and_of_the_machine_that_ran_last()
    {
        Nights(12, 1);
        Nights(4, 1.5);
        Assert.That(session.Call("history", "check", "--case", "*/process/*"), Is.EqualTo(ExitCodes.Ok), session.Out);
        Nights(1, 1, cpu: "Another CPU");
        Assert.That(Check(), Is.EqualTo(ExitCodes.Ok), session.Out);
        Assert.That(session.Out, Does.Contain("have fewer than 6 runs"));
        Assert.That(session.Call("history", "check", "--case", "nothing"), Is.EqualTo(ExitCodes.NothingMeasured));
    }

    [TestCase("[[steps]]\ncase = 'x'", "'steps' is not known")]
    [TestCase("[[step]]\ncase = 'x'\nmetric = 'y'\nreason = 'r'\nuntil = 'soon'", "a day such as")]
    [TestCase("[[step]]\ncase = 'x'\nmetric = 'y'\nuntil = 2026-01-01", "reason is missing")]
    public void A_wrong_file_of_accepted_steps_is_refused(string text, string message)
    {
        Nights(1, 1);
        string file = session.Script(text, "accepted.toml");
        Assert.That(Check("--accepted", file), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain(message).And.Contain(file));
    }

    private int Check(params string[] more) => session.Call(
        ["history", "check", "--gates", session.Script("[[gate]]\ncase = 'pipeline/rtt{size=1}/unikernel/cross'\nmetric = 'rtt_p50'\nreason = 'r'\nthreshold = '5%'\n", "gates.toml"), .. more]);

    private string Accepted(string until) =>
        session.Script($"[[step]]\ncase = '*/unikernel/*'\nmetric = 'rtt_*'\nuntil = {until}\nreason = 'the new filter is worth it'\n", "accepted.toml");

    /// <summary>Nights with 1 % of noise between them.</summary>
    private void Nights(int count, double factor, string? cpu = null)
    {
        for (int i = 0; i < count; i++)
        {
            double level = factor * (0.99 + (0.02 * random.NextDouble()));
            RunResults night = ComparisonTests.Scaled(run, c => c.Backend == "unikernel" ? level : 1);
            night = night with { Environment = night.Environment with { Started = run.Environment.Started.AddDays(nights++), Cpu = cpu ?? run.Environment.Cpu } };
            string path = Path.Combine(session.Folder, $"night-{nights}.json");
            ResultsFile.Save(night, path);
            Assert.That(session.Call("history", "add", path), Is.Zero, session.Errors);
        }
    }
}
