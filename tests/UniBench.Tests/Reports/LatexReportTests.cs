using System.Text.RegularExpressions;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.Languages;
using UniBench.Reports.Latex;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

public sealed partial class LatexReportTests
{
    private static readonly RunResults Results = FabricatedRun.Pipeline();

    [Test]
    public void Macros_and_a_table_are_the_golden_ones()
    {
        IReadOnlyList<ReportFile> files = Render(Language.English);
        Golden.Check("macros.tex", Text(files, "macros.tex"));
        Golden.Check("table-rtt-rtt-p50.tex", Text(files, "table-rtt-rtt-p50.tex"));
        Golden.Check("figure-rtt-rtt-p50.tex", Text(files, "figure-rtt-rtt-p50.tex"));
    }

    [Test]
    public void Greek_has_its_words_and_a_decimal_comma()
    {
        IReadOnlyList<ReportFile> files = Render(Language.Greek);
        string table = Text(files, "table-rtt-rtt-p50.tex");
        Golden.Check("table-rtt-rtt-p50-el.tex", table);
        Assert.That(DecimalPoint().Matches(table), Is.Empty);
        Assert.That(Text(files, "macros.tex"), Does.Contain("{,}"));
        Assert.That(Text(files, "report.tex"), Does.Contain("\\subsection{Ευρήματα}"));
    }

    [Test]
    public void Every_file_that_is_named_is_there_and_every_file_is_named()
    {
        IReadOnlyList<ReportFile> files = Render(Language.English);
        string[] names = [.. files.Select(f => f.Name)];
        Assert.That(names, Is.Unique.And.All.StartsWith("tex/"));
        string[] used = [.. files.SelectMany(f => Reference().Matches(f.Text)).Select(m => $"tex/{m.Groups[1].Value}").Distinct()];
        Assert.That(used.Append("tex/report.tex"), Is.EquivalentTo(names));
    }

    [Test]
    public void Macros_have_names_of_letters_and_none_twice()
    {
        string[] names = [.. Macro().Matches(Text(Render(Language.English), "macros.tex")).Select(m => m.Groups[1].Value)];
        Assert.That(names, Has.Length.GreaterThan(100).And.Unique);
        Assert.That(names.Where(n => !n.All(char.IsAsciiLetter)), Is.Empty);
    }

    [Test]
    public void A_macro_says_what_the_statistics_say()
    {
        string macros = Text(Render(Language.English), "macros.tex");
        CaseMetric one = Results.Cases.Single(c => c.Id == "pipeline/rtt{size=4k}/unikernel/same");
        RatioEstimateText(one, out string ratio);
        Assert.That(macros, Does.Contain($"\\newcommand{{\\ubPipelineRttPFiveZeroSizeFourKSameUnikernelRatio}}{{{ratio}}}"));
    }

    [Test]
    public void Names_that_become_equal_stay_apart()
    {
        MacroFile file = new();
        file.Define(MacroNames.Of("a-b"), "1");
        file.Define(MacroNames.Of("a_b"), "2");
        Assert.That(file.ToString(), Is.EqualTo("\\newcommand{\\ubAB}{1}\n\\newcommand{\\ubABB}{2}\n"));
    }

    [TestCase("rtt_p99.9", "ubRttPNineNineNine")]
    [TestCase("64k", "ubSixFourK")]
    [TestCase("χ", "ubUadmh")]
    public void A_name_is_spelled_in_letters(string text, string expected) => Assert.That(MacroNames.Of(text), Is.EqualTo(expected));

    [TestCase("a_b & 5 % of $x #1 {y}", "a\\_b \\& 5 \\% of \\$x \\#1 \\{y\\}")]
    [TestCase("C:\\x ~ ^ <a> |", "C:\\textbackslash{}x \\textasciitilde{} \\textasciicircum{} \\textless{}a\\textgreater{} \\textbar{}")]
    [TestCase("--seed ?`", "-{}-seed ?{}\\textasciigrave{}")]
    [TestCase("a\n\u001b[1m\tb", "a ?[1m?b")]
    public void Text_means_itself(string text, string expected) => Assert.That(LatexText.Escape(text), Is.EqualTo(expected));

    [TestCase("rtt_p50, us, lower is better", "rtt\\_p50, µs, lower is better")]
    [TestCase("Medians over rounds in us with their interval", "Medians over rounds in µs with their interval")]
    [TestCase("0.200 us as a unikernel", "0.200 µs as a unikernel")]
    [TestCase("tell us more, using usual means", "tell us more, using usual means")]
    public void A_microsecond_is_written_as_one(string text, string expected) => Assert.That(LatexText.Caption(text), Is.EqualTo(expected));

    private static void RatioEstimateText(CaseMetric one, out string ratio)
    {
        var paired = RatioToReference.Of(Results, one, RatioToReference.SamePlacement(Results, one)!)!;
        ratio = Figure.Of(1 / paired.Value);
    }

    private static IReadOnlyList<ReportFile> Render(Language language) => ReportWriter.Render([new ReportRun("night", Results)], ReportFormat.Tex, language);

    private static string Text(IReadOnlyList<ReportFile> files, string name) => files.Single(f => f.Name == $"tex/{name}").Text;

    [GeneratedRegex(@"\\ubDir/([^}]+)\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\\newcommand\{\\([^}]*)\}")]
    private static partial Regex Macro();

    [GeneratedRegex(@"\d\.\d(?!\d*\\linewidth)")]
    private static partial Regex DecimalPoint();
}
