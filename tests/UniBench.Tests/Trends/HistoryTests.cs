using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Measure.History;
using UniBench.Reports;
using UniBench.Reports.Trends;
using UniBench.Tests.Cli;
using UniBench.Tests.Comparing;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Trends;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[NonParallelizable] // the store's place is a variable of the process
internal sealed class HistoryTests : IDisposable
{
    private const string Variable = "UNIBENCH_STORE";
    private static readonly RunResults Run = FabricatedRun.Pipeline();
    private readonly Session session = new();

    public HistoryTests() => Environment.SetEnvironmentVariable(Variable, Path.Combine(session.Folder, "store"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        session.Dispose();
    }

    private string FilePath => Path.Combine(session.Folder, "store", HistoryFile.Name);

    [Test]
    public void Entries_come_back_as_they_were_appended_and_are_appended_once()
    {
        HistoryEntry entry = HistoryEntry.Of(Run);
        Assert.That(HistoryFile.Append(FilePath, entry), Is.True);
        Assert.That(HistoryFile.Append(FilePath, HistoryEntry.Of(Night(1, 1))), Is.True);
        Assert.That(HistoryFile.Append(FilePath, entry), Is.False);
        IReadOnlyList<HistoryEntry> back = HistoryFile.Load(FilePath);
        Assert.That(back, Has.Count.EqualTo(2));
        Assert.That(back[0].Machine, Is.EqualTo("Fabricated CPU @ 3.00GHz, 2 cores, SMT off, Linux 6.1.0, nested"));
        Assert.That(back[0].Cases.Select(c => (c.Id, c.Metric)), Is.EqualTo(entry.Cases.Select(c => (c.Id, c.Metric))));
        Assert.That(back[0].Cases[0].Samples, Is.EqualTo(Run.Cases[0].Samples));
    }

    [Test]
    public void Cases_that_failed_are_not_in_the_history()
    {
        Assert.That(HistoryEntry.Of(Run).Cases.Select(c => c.Id), Has.None.Contains("stream{size=4k}/container"));
    }

    [Test]
    public void Another_machine_is_another_series()
    {
        HistoryEntry here = HistoryEntry.Of(Run);
        HistoryEntry there = HistoryEntry.Of(Run with { Environment = Run.Environment with { Cpu = "Another CPU" } });
        Assert.That(HistorySeries.Of([here, there]), Has.Count.EqualTo(2 * here.Cases.Count));
    }

    [Test]
    public void A_slow_down_that_lasts_is_shown_with_its_commit_and_drawn()
    {
        for (int night = 0; night < 20; night++)
        {
            Assert.That(session.Call("history", "add", Save(Night(night, night < 14 ? 1 : 1.2))), Is.EqualTo(ExitCodes.Ok), session.Errors);
        }

        Assert.That(session.Call("history", "show", "--case", "*size=1}/unikernel/same"), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Out, Does.Contain("1.20x slower").And.Contain("since 2026-01-16 commit14"));
        string page = Path.Combine(session.Folder, "trend");
        Assert.That(session.Call("history", "plot", "--metric", "rtt*", "--out", page), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(File.ReadAllText(Path.Combine(page, "trend.md")), Does.Contain("| 2026-01-16 03:04 | commit14 |"));
        Assert.That(File.ReadAllText(Path.Combine(page, "trend.html")), Does.Contain("<svg"));
        Assert.That(Directory.GetFiles(Path.Combine(page, "charts")), Has.Length.EqualTo(6));
    }

    [Test]
    public void A_damaged_line_is_refused_with_its_number()
    {
        HistoryFile.Append(FilePath, HistoryEntry.Of(Run));
        File.AppendAllText(FilePath, "{\"schema\":\"other/1\"}\n");
        Assert.That(session.Call("history", "show"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("line 2"));
    }

    [Test]
    public void No_history_and_no_match_are_told_apart()
    {
        Assert.That(session.Call("history", "show"), Is.EqualTo(ExitCodes.Usage));
        HistoryFile.Append(FilePath, HistoryEntry.Of(Run));
        Assert.That(session.Call("history", "show", "--case", "nothing"), Is.EqualTo(ExitCodes.NothingMeasured));
    }

    private static RunResults Night(int day, double factor)
    {
        RunResults scaled = ComparisonTests.Scaled(Run, _ => factor * (1 + (0.01 * ((day * 7 % 5) - 2))));
        return scaled with { Environment = scaled.Environment with { Started = Fabricated.Started.AddDays(day), GitCommit = FormattableString.Invariant($"commit{day}") } };
    }

    private string Save(RunResults results)
    {
        string path = Path.Combine(session.Folder, "night.json");
        ResultsFile.Save(results, path);
        return path;
    }
}
