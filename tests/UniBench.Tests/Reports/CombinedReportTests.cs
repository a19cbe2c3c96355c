using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

public sealed class CombinedReportTests
{
    private static readonly RunResults Here = FabricatedRun.Pipeline();
    private static readonly ReportRun[] Same = [new("here", Here), new("again", Here)];

    [Test]
    public void Two_runs_make_the_golden_report() => Golden.Check("combined.md", Markdown(Same[0], new ReportRun("there", Elsewhere(), "../there/results.json")));

    [Test]
    public void Runs_under_equal_conditions_are_said_to_be_so() =>
        Assert.That(RunDifferences.Caveats(Same, Language.English), Has.Some.Contains("the same in all runs").And.None.StartsWith("Different"));

    [Test]
    public void Each_difference_is_named_with_what_follows()
    {
        string[] caveats = [.. RunDifferences.Caveats([Same[0], new ReportRun("there", Elsewhere())], Language.English)];
        Assert.That(caveats, Has.Some.EqualTo("Different: CPU. Times and rates are those of different machines: compare the ratios to the process of the same run."));
        Assert.That(caveats, Has.Some.StartsWith("Different: kernel, container."));
        Assert.That(caveats, Has.Some.StartsWith("Different: pipe_pingpong. These are not the same files"));
        Assert.That(caveats, Has.Some.StartsWith("Different: UniBench."));
        Assert.That(caveats, Has.Some.StartsWith("there lacks 6 of 42 cases and metrics"));
        Assert.That(caveats, Has.None.Contains("the same in all runs"));
    }

    [Test]
    public void A_column_shows_what_the_run_alone_shows()
    {
        ReportRun[] runs = [Same[0], new("shorter", FabricatedRun.Pipeline(9))];
        string[][] rows = [.. Markdown(runs).Split('\n').Where(l => l.Contains(" | unikernel | ")).Select(l => l.Split(" | "))];
        Assert.That(rows, Has.Length.EqualTo(14));
        Assert.That(rows.Count(r => r[3] != r[4]), Is.GreaterThan(10));
        string[] alone = [.. runs.Select(r => Markdown(r))];
        foreach (string[] row in rows)
        {
            Assert.That(alone[0], Does.Contain(row[3]).And.Contain(row[5]));
            Assert.That(alone[1], Does.Contain(row[4]).And.Contain(row[6].TrimEnd(' ', '|')));
        }
    }

    [Test]
    public void A_case_that_a_run_lacks_is_an_empty_cell_and_not_a_missing_row()
    {
        CombinedTable table = CombinedTable.Of([Same[0], new ReportRun("there", Elsewhere())]).Single(t => t.Metric == "rtt_p50");
        Assert.That(table.Rows, Has.Count.EqualTo(36));
        Assert.That(table.Rows.Count(r => r.Cases[1] is null), Is.EqualTo(6));
        Assert.That(table.Rows.Count(r => r.Cases[0] is null), Is.Zero);
    }

    [Test]
    public void A_metric_that_changed_its_unit_is_not_put_into_one_table()
    {
        RunResults other = Here with { Cases = [.. Here.Cases.Select(c => c.Metric == "rtt_p50" ? c with { Unit = "cycles" } : c)] };
        Assert.That(CombinedTable.Of([Same[0], new ReportRun("cycles", other)]).Count(t => t.Metric == "rtt_p50"), Is.EqualTo(2));
    }

    [Test]
    public void Commands_of_LaTeX_begin_with_the_runs_label()
    {
        string macros = ReportWriter.Render(Same, ReportFormat.Tex, Language.English).Single(f => f.Name == "tex/macros.tex").Text;
        Assert.That(macros, Does.Contain("{\\ubHerePipelineRttPFiveZeroUnikernelRatio}").And.Contain("{\\ubAgainPipelineRttPFiveZeroUnikernelRatio}"));
        Assert.That(macros, Does.Not.Contain("{\\ubPipeline"));
    }

    [TestCase(ReportFormat.Md)]
    [TestCase(ReportFormat.Html)]
    [TestCase(ReportFormat.Tex)]
    public void Files_of_a_combined_report_have_names_of_their_own(ReportFormat format) =>
        Assert.That(ReportWriter.Render(Same, format, Language.Greek).Select(f => f.Name), Is.Unique.And.Not.Empty);

    private static RunResults Elsewhere() => Here with
    {
        Environment = Here.Environment with
        {
            Cpu = "Another CPU",
            Kernel = "Linux 6.18.0",
            ToolVersion = "0.2.0",
            BinaryHashes = new Dictionary<string, string> { ["pipe_pingpong"] = new('c', 64) },
            Backends = new Dictionary<string, string> { ["container"] = "runc 1.3.0" },
        },
        Cases = [.. Here.Cases.Where(c => c.Params["size"] != "64")],
    };

    private static string Markdown(params ReportRun[] runs) => ReportWriter.Render(runs, ReportFormat.Md, Language.English)[0].Text;
}
