using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports.Charts;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

/// <summary>A report says of every latency whether it counts from when an operation was due or from when it began.</summary>
public sealed class LoopTests
{
    private static readonly string[] ClosedCase = ["rtt"], OpenCase = ["response", "rtt"];

    [Test]
    public void Histograms_named_response_are_response_times_and_all_others_service_times()
    {
        string[] closed = Captions(Language.English, ClosedCase), open = Captions(Language.English, OpenCase);
        Assert.That(closed, Has.Length.EqualTo(2).And.All.Contains("rtt (size=1): every operation of every round, closed loop, so service time"));
        Assert.That(open, Has.Length.EqualTo(4));
        Assert.That(open[..2], Has.All.Contains("response (size=1): every operation of every round, open loop, counted from when it was due: response time"));
        Assert.That(open[2..], Has.All.Contains("rtt (size=1): every operation of every round, open loop, counted from when it began: service time"));
    }

    [Test]
    public void In_Greek_the_loops_are_told_apart_as_well()
    {
        string[] open = Captions(Language.Greek, OpenCase);
        Assert.That(Captions(Language.Greek, ClosedCase), Has.All.Contains("κλειστός βρόχος"));
        Assert.That(open[..2], Has.All.Contains("ανοιχτός βρόχος").And.All.Contains("χρόνος απόκρισης υπό φορτίο"));
        Assert.That(open[2..], Has.All.Contains("ανοιχτός βρόχος").And.All.Contains("χρόνος εξυπηρέτησης"));
    }

    [Test]
    public void The_caveats_name_the_loops_that_the_run_has([Values("en", "el")] string code)
    {
        Language language = Language.All.Single(l => l.Code == code);
        (string closedLoops, string openLoops) = code == "en" ? ("closed loops", "open loops") : ("κλειστούς βρόχους", "ανοιχτούς βρόχους");
        string ClosedSentence(IEnumerable<string> caveats) => caveats.Single(c => c.Contains(closedLoops, StringComparison.Ordinal));
        string[] closed = Caveats(language, ClosedCase), open = Caveats(language, OpenCase), both = Caveats(language, OpenCase, ClosedCase);
        Assert.That(closed, Has.One.Contains(closedLoops).And.None.Contains(openLoops));
        Assert.That(open, Has.One.Contains(openLoops).And.None.Contains(closedLoops));
        Assert.That(both, Has.One.Contains(openLoops).And.One.Contains(closedLoops));
        Assert.That(ClosedSentence(both), Is.Not.EqualTo(ClosedSentence(closed)), "it speaks of the other cases only");
        string[] combined = [.. RunDifferences.Caveats([new("a", Run(ClosedCase)), new("b", Run(OpenCase))], language)];
        Assert.That(combined, Has.One.Contains(openLoops).And.One.EqualTo(ClosedSentence(both)));
    }

    [Test]
    public void Failed_launches_say_nothing_about_loops()
    {
        RunResults run = Run(OpenCase);
        RoundRecord failed = run.Rounds[0] with { CaseId = "another", Status = CaseStatus.Failed, Histograms = new Dictionary<string, Histogram>() };
        Assert.That(Loops.Of([run with { Rounds = [.. run.Rounds, failed] }]), Is.EqualTo(new Loops(Closed: false, Open: true)));
    }

    private static string[] Captions(Language language, string[] histograms) => [.. DistributionSet.Of(Run(histograms), language).Select(c => c.Caption)];

    private static string[] Caveats(Language language, params string[][] cases) => [.. Sentences.Caveats(Run(cases), language)];

    /// <summary>A run with a case for each list of histograms.</summary>
    private static RunResults Run(params string[][] cases)
    {
        CasePoint[] points = [.. cases.Select((_, i) => Fabricated.Point($"case{i}", "1", "process", "same"))];
        RoundRecord[] rounds = [.. points.Zip(cases, (point, names) => Fabricated.Round(point, 0) with
        {
            Samples = new Dictionary<string, double> { ["rtt_p50"] = 500 },
            Histograms = names.ToDictionary(n => n, _ => new Histogram("ns", [new HistogramBucket(500, 20)])),
        })];
        PlannedCase[] plan = [.. points.Select(p => new PlannedCase(p, [new MetricSpec("rtt_p50", "ns", Better.Lower)], null))];
        return ResultsBuilder.Assemble(Fabricated.Description(), plan, rounds, [], interrupted: false);
    }
}
