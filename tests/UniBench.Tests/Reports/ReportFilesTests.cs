using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Html;
using UniBench.Reports.Model;
using UniBench.Reports.Languages;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

public sealed class ReportFilesTests
{
    private static readonly RunResults Results = FabricatedRun.Pipeline();
    private string _directory = "";

    [OneTimeSetUp]
    public void Write()
    {
        _directory = Path.Combine(TestContext.CurrentContext.WorkDirectory, "fabricated-report");
        ReportWriter.WriteAll(Results, _directory);
        ResultsFile.Save(Results, Path.Combine(_directory, ResultsFile.Name));
    }

    // The build is globalization-invariant, so cultures are made by hand: as English, German, Arabic and Swedish write numbers.
    [TestCase(".", "-", "/")]
    [TestCase(",", "-", ".")]
    [TestCase("\u066b", "\u061c-", "\u200f/")]
    [TestCase(",", "\u2212", "-")]
    public void The_report_is_the_golden_one_in_every_culture(string point, string minus, string date)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var strange = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            strange.NumberFormat.NumberDecimalSeparator = point;
            strange.NumberFormat.NegativeSign = minus;
            strange.DateTimeFormat.DateSeparator = date;
            CultureInfo.CurrentCulture = strange;
            ReportWriter.WriteAll(Results, _directory);
            Golden.Check("summary.txt", SummaryText.Render(Results));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        foreach (string file in new[] { "report.md", "charts/rtt-rtt_p50.svg", "charts/stream-throughput.svg", "charts/distribution-pipeline-rtt-rtt.svg", "charts/histogram-pipeline-rtt-rtt.svg", "charts/cost-cpu-rtt.svg" })
        {
            Golden.Check(file, File.ReadAllText(Path.Combine(_directory, file)));
        }
    }

    [Test]
    public void Every_table_is_valid_and_has_no_short_row()
    {
        Table[] tables = [.. Parsed().Descendants<Table>()];
        Assert.That(tables, Has.Length.GreaterThanOrEqualTo(5));
        Assert.That(tables.Select(t => t.IsValid()), Is.All.True);
        int rows = 0;
        int? cells = null;
        foreach (string line in File.ReadAllLines(Path.Combine(_directory, ReportWriter.MarkdownName)))
        {
            bool isRow = line.StartsWith('|');
            int count = line.Count(c => c == '|') - 1;
            Assert.That(!isRow || cells is null || cells == count, $"a row of {count} cells in a table of {cells}: {line}");
            cells = isRow ? count : null;
            rows += isRow ? 1 : 0;
        }

        // Header and separator lines aside, Markdig must see every row that was written.
        Assert.That(tables.Sum(t => t.Count), Is.EqualTo(rows - tables.Length));
    }

    [Test]
    public void Every_link_leads_to_a_file_that_was_written()
    {
        string[] links = [.. Parsed().Descendants<LinkInline>().Select(l => l.Url!)];
        Assert.That(links, Has.Length.GreaterThanOrEqualTo(4));
        Assert.That(links.Where(l => !File.Exists(Path.Combine(_directory, l))), Is.Empty);
    }

    [Test]
    public void The_only_html_folds_long_tables()
    {
        string markdown = File.ReadAllText(Path.Combine(_directory, ReportWriter.MarkdownName));
        MarkdownDocument withHtml = Markdig.Markdown.Parse(markdown);
        Assert.That(withHtml.Descendants<HtmlInline>(), Is.Empty);
        string[] html = [.. withHtml.Descendants<HtmlBlock>().Select(b => b.Lines.ToString().TrimEnd())];
        Assert.That(html, Has.Some.EqualTo("<details>\n<summary>21 rows</summary>").And.All.Match("^(<details>\n<summary>\\d+ rows</summary>|</details>)$"));
        string page = File.ReadAllText(Path.Combine(_directory, ReportWriter.HtmlName));
        Assert.That(page.Split("<details>\n<summary>"), Has.Length.EqualTo((html.Length / 2) + 1));
        Assert.That(page, Does.Not.Contain("&lt;details").And.Not.Contain("&lt;/details"));
    }

    [Test]
    public void The_first_findings_stand_under_the_answers_and_all_behind_the_tables()
    {
        string[] sections = File.ReadAllText(Path.Combine(_directory, ReportWriter.MarkdownName)).Split("\n## ");
        string[] titles = [.. sections.Select(s => s.Split('\n')[0])];
        Assert.That(titles[1..4], Is.EqualTo(new[] { "Questions", "Answers", "Findings" }));
        string[] first = [.. sections[3].Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal))];
        Assert.That(first, Has.Length.EqualTo(FirstFindings.Most));
        Assert.That(first[1], Does.EndWith("pipeline/rtt{size=1}/container/cross; and 6 more."), "one case stands for the others");
        Assert.That(sections.Single(s => s.StartsWith("All findings", StringComparison.Ordinal)).Split("\n- "), Has.Length.EqualTo(Results.Findings.Count + 1));
    }

    [Test]
    public void Cases_that_failed_or_did_not_run_are_named_with_their_reason()
    {
        string markdown = File.ReadAllText(Path.Combine(_directory, ReportWriter.MarkdownName));
        Assert.That(markdown, Does.Contain("not-run | runc is not installed &#124; see &lt;doctor&gt;"));
        Assert.That(markdown, Does.Contain("failed | 1 of 12 rounds failed, first: exit status 1: cannot create cgroup"));
    }

    [Test]
    public void The_html_holds_its_charts_and_refers_to_nothing_outside_but_the_results()
    {
        string html = File.ReadAllText(Path.Combine(_directory, ReportWriter.HtmlName));
        Assert.That(html, Does.Contain("<span class=\"chart\"><svg ").And.Contain("prefers-color-scheme: dark"));
        Assert.That(html, Does.Not.Contain("src=\"charts/").And.Not.Contain("<img").And.Not.Contain("<link"));
        Assert.That(html.Replace("http://www.w3.org/2000/svg", ""), Does.Not.Contain("http"));
    }

    [Test]
    public void Contents_of_the_html_lead_to_its_sections()
    {
        string html = File.ReadAllText(Path.Combine(_directory, ReportWriter.HtmlName));
        string[] links = [.. Regex.Matches(html, "<li><a href=\"#([^\"]+)\">").Select(m => m.Groups[1].Value)];
        Assert.That(links, Has.Length.GreaterThan(8).And.Unique);
        Assert.That(links.Where(l => !html.Contains($"<h2 id=\"{l}\">")), Is.Empty);
    }

    [Test]
    public void Charts_whose_names_would_be_equal_have_files_of_their_own()
    {
        CaseMetric one = Results.Cases[0];
        RunResults alike = Results with { Cases = [one with { Name = "a", Metric = "b-c" }, one with { Name = "a-b", Metric = "c" }] };
        string[] names = [.. ReportWriter.Render([new ReportRun("r", alike)], ReportFormat.Md, Language.English).Select(f => f.Name)];
        Assert.That(names, Is.Unique.And.Length.GreaterThan(2));
        Assert.That(ReportWriter.Render([new ReportRun("r", alike)], ReportFormat.Html, Language.English)[0].Text, Does.Contain("a-b: c"));
    }

    [Test]
    public void Every_chart_is_well_formed_and_has_a_background()
    {
        string[] charts = Directory.GetFiles(Path.Combine(_directory, "charts"), "*.svg");
        Assert.That(charts, Has.Length.EqualTo(6));
        foreach (string chart in charts)
        {
            XElement svg = XDocument.Load(chart).Root!;
            Assert.That(svg.Elements().First(e => e.Name.LocalName == "rect").Attribute("fill")!.Value, Is.EqualTo("#ffffff"));
            Assert.That(File.ReadAllText(chart), Does.Not.Contain("NaN").And.Not.Contain("Infinity").And.Not.Contain("∞"));
        }
    }

    [Test]
    public void Charts_of_an_earlier_run_do_not_stay()
    {
        string stale = Path.Combine(_directory, "charts", "stale.svg");
        File.WriteAllText(stale, "<svg/>");
        ReportWriter.WriteAll(Results, _directory);
        Assert.That(File.Exists(stale), Is.False);
    }

    [Test]
    public void A_run_in_which_nothing_could_run_still_reports_why()
    {
        PlannedCase planned = new(Fabricated.Point("rtt", "1", "unikernel", "same"), [new MetricSpec("rtt_p50", "ns", Better.Lower)], "/dev/kvm is missing");
        RunResults nothing = ResultsBuilder.Assemble(Fabricated.Description(), [planned], [], [], interrupted: true);
        string directory = Path.Combine(TestContext.CurrentContext.WorkDirectory, "empty-report");
        ReportWriter.WriteAll(nothing, directory);
        Assert.That(File.ReadAllText(Path.Combine(directory, "report.md")), Does.Contain("/dev/kvm is missing").And.Contain("partial results"));
        Assert.That(SummaryText.Render(nothing), Does.Contain("not-run"));
    }

    private MarkdownDocument Parsed() =>
        Markdig.Markdown.Parse(File.ReadAllText(Path.Combine(_directory, ReportWriter.MarkdownName)), HtmlReport.Pipeline);
}
