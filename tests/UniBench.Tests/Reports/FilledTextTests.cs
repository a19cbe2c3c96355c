using System.Text;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Json;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;
using UniBench.Reports.Numbers;
using UniBench.Tests.Cli;
using UniBench.Tests.Conformance;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class FilledTextTests : IDisposable
{
    private const string Same = "pipeline/rtt{size=1}/unikernel/same";
    private static readonly RunResults Run = FabricatedRun.Pipeline();
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void Numbers_are_those_of_the_report_in_the_unit_that_is_asked_for()
    {
        CaseMetric one = Run.Cases.Single(c => c.Id == Same);
        string ratio = RatioText.Short(RatioToReference.Judge(Run, one, RatioToReference.SamePlacement(Run, one)!), one, Language.English);
        string filled = FilledText.Of($"| <!--= {Same} rtt_p50 us -->?<!--/=--> | <!--= {Same} rtt_p50 ratio --><!--/=--> |\n", Numbers("report.json", Encoding.UTF8.GetBytes(ReportJson.Render([new ReportRun("x", Run)]))));
        Assert.That(filled, Is.EqualTo($"| <!--= {Same} rtt_p50 us -->{Figure.Of(one.Summary!.Median / 1000)} µs<!--/=--> | <!--= {Same} rtt_p50 ratio -->{ratio}<!--/=--> |\n"));
    }

    [Test]
    public void A_run_and_its_report_give_the_same_numbers_and_filling_twice_changes_nothing()
    {
        string text = $"a <!--= {Same} rtt_p50 ns -->old<!--/=--> b <!--= {Same} rtt_p50 times -->old<!--/=-->";
        string once = FilledText.Of(text, Numbers("results.json", ResultsJson.Serialize(Run)));
        Assert.That(FilledText.Of(once, Numbers("report.json", Encoding.UTF8.GetBytes(ReportJson.Render([new ReportRun("x", Run)])))), Is.EqualTo(once));
        Assert.That(once, Does.Not.Contain("old"));
    }

    [TestCase("pipeline/rtt{size=1}/nobody/same rtt_p50 ns", "no run that was given has pipeline/rtt{size=1}/nobody/same rtt_p50")]
    [TestCase("pipeline/rtt{size=1}/unikernel/same rtt_p50 MB/s", "cannot be told in 'MB/s'")]
    [TestCase("pipeline/rtt{size=1}/process/same rtt_p50 ratio", "nothing to be compared with")]
    public void A_number_that_is_not_there_is_told_with_its_line_and_no_file_is_touched(string place, string why)
    {
        string text = session.Script($"\n<!--= {place} -->old<!--/=-->", "text.md"), sound = session.Script($"<!--= {Same} rtt_p50 ns -->old<!--/=-->", "sound.md");
        string results = session.Script(Encoding.UTF8.GetString(ResultsJson.Serialize(Run)), "results.json");
        Assert.That(session.Call("fill", sound, text, "--from", results), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain($"{text}, line 2: ").And.Contain(why));
        Assert.That(File.ReadAllText(sound), Does.Contain("old"));
    }

    [Test]
    public void The_documents_tell_what_was_measured()
    {
        MeasuredNumbers numbers = new();
        Directory.GetFiles(Path.Combine(ConformancePrograms.Repository, "docs", "measured"), "*.json").ToList().ForEach(numbers.Add);
        int places = 0;
        foreach (string file in (string[])["README.md", "docs/performance.md"])
        {
            string text = File.ReadAllText(Path.Combine(ConformancePrograms.Repository, file));
            Assert.That(FilledText.Of(text, numbers), Is.EqualTo(text), $"{file}: unibench fill README.md docs/performance.md --from docs/measured/*.json");
            places += FilledText.Count(text);
        }

        Assert.That(places, Is.Positive);
    }

    private MeasuredNumbers Numbers(string name, byte[] json)
    {
        string path = Path.Combine(session.Folder, name);
        File.WriteAllBytes(path, json);
        MeasuredNumbers numbers = new();
        numbers.Add(path);
        return numbers;
    }
}
