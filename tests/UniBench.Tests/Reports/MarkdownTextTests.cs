using NUnit.Framework;
using UniBench.Reports.Html;
using UniBench.Reports.Markdown;
using UniBench.Reports.Model;

namespace UniBench.Tests.Reports;

public sealed class MarkdownTextTests
{
    [TestCase("4.19 [4.01, 4.29] (failed)")]
    [TestCase("a | b")]
    [TestCase("<script>x</script> & <b>")]
    [TestCase("*a* **b** `c` _d_ __e__ ~~f~~")]
    [TestCase("[text](http://example.org)")]
    [TestCase("![text][ref]")]
    [TestCase("rtt_p50 in pipe_pingpong, C:\\temp")]
    [TestCase("pipeline/rtt{size=1}/unikernel/same")]
    public void Text_in_a_cell_means_itself(string text)
    {
        var table = new TextTable(["one", "two"]);
        table.Row([text, "x"]);
        string plain = Markdig.Markdown.ToPlainText(MarkdownTable.Render(table), HtmlReport.Pipeline);
        Assert.That(plain, Does.Contain(text));
        Assert.That(MarkdownText.Escape(text), Does.Not.Contain('|').And.Not.Contain('<'));
    }

    [Test]
    public void A_row_of_another_length_is_refused() =>
        Assert.That(() => new TextTable(["one", "two"]).Row(["x"]), Throws.ArgumentException);
}
