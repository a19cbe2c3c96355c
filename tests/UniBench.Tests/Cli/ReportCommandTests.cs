using NUnit.Framework;
using UniBench.Cli;
using UniBench.Reports;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReportCommandTests : IDisposable
{
    private readonly Session session = new();
    private readonly string run;

    public ReportCommandTests()
    {
        run = Path.Combine(session.Folder, "a", "night");
        Save(run);
    }

    public void Dispose() => session.Dispose();

    [Test]
    public void A_report_lands_beside_its_results_and_leaves_them_alone()
    {
        string results = Path.Combine(run, ResultsFile.Name);
        File.SetLastWriteTimeUtc(results, DateTime.UnixEpoch);
        Assert.That(session.Call("report", run), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(Directory.GetFileSystemEntries(run).Select(Path.GetFileName), Is.EquivalentTo(new[] { "results.json", "report.md", "report.html", "charts" }));
        Assert.That(File.GetLastWriteTimeUtc(results), Is.EqualTo(DateTime.UnixEpoch));
        Assert.That(session.Out.TrimEnd(), Does.StartWith("report: ").And.Not.Contain("\n"), "it says where the report is, and no more");
    }

    [Test]
    public void Each_format_has_its_file()
    {
        Assert.That(session.Call("report", run, "--format", "csv,json,junit", "-o", session.Results), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(Directory.GetFiles(session.Results).Select(Path.GetFileName), Is.EquivalentTo(new[] { "rounds.csv", "report.json", "junit.xml" }));
        Assert.That(File.ReadAllText(Path.Combine(session.Results, "report.json")), Does.Contain("\"results\": \"../a/night/results.json\""));
    }

    [Test]
    public void One_format_goes_into_the_file_that_is_named()
    {
        string file = Path.Combine(session.Folder, "deep", "numbers.csv");
        Assert.That(session.Call("report", run, "--format", "csv", "-o", file), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(File.ReadLines(file).First(), Does.StartWith("run,case,"));
    }

    [Test]
    public void Standard_output_holds_the_file_and_nothing_else()
    {
        Assert.That(session.Call("report", run, "--format", "csv", "-o", "-"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(session.Out.Split('\n')[0], Does.StartWith("run,case,"));
        Assert.That(session.Out.TrimEnd('\n').Split('\n')[^1], Does.StartWith("night,pipeline/"));
    }

    [TestCase(new[] { "--format", "pdf" }, "there is no format 'pdf'")]
    [TestCase(new[] { "--lang", "fr" }, "'fr' is not one of en, el")]
    [TestCase(new[] { "--format", "csv,json", "-o", "x.csv" }, "one place for 2 formats")]
    [TestCase(new[] { "--format", "md", "-o", "-" }, "name a directory")]
    public void What_cannot_be_done_is_refused_with_the_reason(string[] options, string reason)
    {
        Assert.That(session.Call(["report", run, .. options]), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain(reason));
    }

    [Test]
    public void Runs_are_told_apart_by_as_much_of_their_paths_as_it_takes()
    {
        string other = Path.Combine(session.Folder, "b", "night");
        Save(other);
        Assert.That(session.Call("report", run, other, "--format", "csv", "-o", "-"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(Labels(), Is.EqualTo(new[] { "a/night", "b/night" }));
    }

    [Test]
    public void Runs_can_be_named()
    {
        Assert.That(session.Call("report", $"old={run}", $"new={run}", "--format", "csv", "-o", "-"), Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(Labels(), Is.EqualTo(new[] { "old", "new" }));
    }

    [Test]
    public void More_runs_than_fit_side_by_side_are_refused_for_readers_and_not_for_programs()
    {
        string[] runs = [.. Enumerable.Range(1, ReportWriter.MostRuns + 1).Select(i => $"r{i}={run}")];
        Assert.That(session.Call(["report", .. runs, "-o", session.Results]), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("at most 6 runs"));
        Assert.That(session.Call(["report", .. runs, "--format", "json", "-o", session.Results]), Is.EqualTo(ExitCodes.Ok));
        Assert.That(session.Call(["report", .. runs[1..], "--format", "html", "-o", session.Results]), Is.EqualTo(ExitCodes.Ok));
    }

    [Test]
    public void The_same_run_twice_needs_names()
    {
        Assert.That(session.Call("report", run, run, "--format", "csv", "-o", "-"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("two runs are called").And.Contain("PATH"));
    }

    [Test]
    public void A_run_writes_the_formats_it_is_asked_for()
    {
        int code = session.Run("Case(\"rtt\", Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);", "--rounds", "2", "--format", "junit,csv");
        Assert.That(code, Is.EqualTo(ExitCodes.Ok), session.Errors);
        Assert.That(Directory.GetFiles(session.Results).Select(Path.GetFileName), Is.EquivalentTo(new[] { "results.json", "rounds.jsonl", "junit.xml", "rounds.csv" }));
        Assert.That(session.Out, Does.Contain("report: ").And.Contain("junit.xml").And.Not.Contain("report.md"));
    }

    private string[] Labels() => [.. session.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')[0]).Distinct()];

    private static void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        ResultsFile.Save(FabricatedRun.Pipeline(3), Path.Combine(folder, ResultsFile.Name));
    }
}
