using System.Text;
using System.Text.Json;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Conformance;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

/// <summary>A run in two files: its launches, a line each, and what they amount to.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RoundsFileTests : IDisposable
{
    private static readonly RunResults Run = FabricatedRun.Pipeline(3);
    private readonly FreshDirectory folder = new();

    private string Launches => Path.Combine(folder.Path, RoundsFile.Name);

    private string Summary => Path.Combine(folder.Path, ResultsFile.Name);

    public void Dispose() => folder.Dispose();

    [Test]
    public void Every_launch_is_a_line_from_the_moment_it_is_added()
    {
        using RoundsFile file = RoundsFile.Create(Launches, Run.Rounds.Take(2));
        for (int i = 2; i < 5; i++)
        {
            file.Add(Run.Rounds[i]);
            Assert.That(RoundsFile.Load(Launches).Select(r => (r.CaseId, r.Round)), Is.EqualTo(Run.Rounds.Take(i + 1).Select(r => (r.CaseId, r.Round))));
        }

        Assert.That(File.ReadAllLines(Launches), Has.Length.EqualTo(5));
    }

    [Test]
    public void A_line_is_what_the_schema_says()
    {
        using JsonDocument line = JsonDocument.Parse(ResultsJson.Round(Run.Rounds.First(r => r.Histograms.Count > 0) with { Yardstick = new Yardstick(1, 80, null, 1.5), Reason = "why" }));
        Assert.That(new SchemaCheck(ResultsFileTests.Schema()).Errors(line.RootElement, "round"), Is.Empty);
    }

    [Test]
    public void A_run_in_two_files_is_the_run_in_one()
    {
        Write(Run, Run.Rounds);
        Assert.That(Encoding.UTF8.GetString(ResultsJson.Serialize(ResultsFile.Load(Summary))), Is.EqualTo(Encoding.UTF8.GetString(ResultsJson.Serialize(Run))));
        Assert.That(JsonDocument.Parse(File.ReadAllText(Summary)).RootElement.TryGetProperty("rounds", out _), Is.False);
        Assert.That(ResultsFile.LoadOutline(Summary).Rounds, Is.EqualTo(Run.Rounds.Select(r => new LaunchTimes.Launch(r.CaseId, r.StartedAt, r.WallS, r.Status))));
    }

    [Test]
    public void A_run_that_was_cut_off_has_what_was_written_by_then()
    {
        RunResults atFirst = ResultsBuilder.Reassemble(Run with { Interrupted = true }, []);
        Write(atFirst, Run.Rounds);
        File.AppendAllText(Launches, ResultsJson.Round(Run.Rounds[^1])[..40]);
        RunResults loaded = ResultsFile.Load(Summary);
        Assert.Multiple(() =>
        {
            Assert.That(loaded.Rounds, Has.Count.EqualTo(Run.Rounds.Count), "the line without its end is no launch");
            Assert.That(loaded.Cases.Select(c => (c.Id, c.Metric, c.Status, c.Summary?.Median)), Is.EqualTo(Run.Cases.Select(c => (c.Id, c.Metric, c.Status, c.Summary?.Median))));
            Assert.That(loaded.Findings, Is.EqualTo(Run.Findings));
            Assert.That(loaded.Interrupted, Is.True);
        });
    }

    [Test]
    public void What_is_learned_of_a_launch_later_is_another_line_for_it()
    {
        using (RoundsFile file = RoundsFile.Create(Launches, Run.Rounds))
        {
            file.Add(Run.Rounds[3] with { Status = CaseStatus.Failed, Reason = "printed something else" });
        }

        IReadOnlyList<RoundRecord> loaded = RoundsFile.Load(Launches);
        Assert.That(loaded, Has.Count.EqualTo(Run.Rounds.Count));
        Assert.That(loaded[3].Reason, Is.EqualTo("printed something else"));
    }

    [TestCase("{}")]
    [TestCase("not json")]
    [TestCase("null")]
    public void A_line_that_is_no_launch_is_told_by_its_number(string line)
    {
        Write(Run, Run.Rounds.Take(2));
        File.AppendAllText(Launches, line + "\n");
        Assert.That(() => ResultsFile.Load(Summary), Throws.TypeOf<InvalidDataException>().With.Message.Contains($"{Launches}, line 3 is no launch"));
    }

    [Test]
    public void A_summary_alone_is_refused_by_what_it_lacks()
    {
        Write(Run, Run.Rounds);
        File.Delete(Launches);
        Assert.That(() => ResultsFile.Load(Summary), Throws.TypeOf<InvalidDataException>().With.Message.Contains(Launches));
    }

    [Test]
    public void Launches_of_endless_size_are_refused_before_they_are_read()
    {
        Write(Run, []);
        using (FileStream stream = File.OpenWrite(Launches))
        {
            stream.SetLength(RoundsFile.MostBytes + 1); // a hole
        }

        Assert.That(() => ResultsFile.Load(Summary), Throws.TypeOf<InvalidDataException>().With.Message.Contains("1024 MB"));
    }

    [Test]
    public void The_file_of_an_earlier_version_is_read_with_all_its_launches()
    {
        RunResults earlier = ResultsFile.Load(Path.Combine(ConformancePrograms.Repository, "tests", "UniBench.Tests", "Reports", "Earlier", "results-1.json"));
        Assert.Multiple(() =>
        {
            Assert.That(earlier.Rounds, Has.Count.EqualTo(20), "two sizes on two backends, a warm-up and four rounds");
            Assert.That(earlier.Rounds.Count(r => r.Yardstick is not null), Is.EqualTo(4));
            Assert.That(ResultsBuilder.Reassemble(earlier, earlier.Rounds).Cases.Select(c => c.Summary), Is.EqualTo(earlier.Cases.Select(c => c.Summary)), "its launches amount to what it says they do");
            Assert.That(ResultsBuilder.Reassemble(earlier, earlier.Rounds).Findings, Is.EquivalentTo(earlier.Findings));
        });
    }

    private void Write(RunResults summary, IEnumerable<RoundRecord> rounds)
    {
        using RoundsFile file = RoundsFile.Create(Launches, rounds);
        ResultsFile.SaveSummary(summary, Summary);
    }
}
