using System.Globalization;
using System.Xml.Linq;
using UniBench.Measure.Comparing;
using UniBench.Reports.JUnit;

namespace UniBench.Reports.Comparisons;

/// <summary>Verdicts of gates as JUnit XML, which CI services show: a regression is a failure, what is muted or undecided is skipped.</summary>
public static class GateJUnit
{
    public static string Render(IReadOnlyList<GateResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        XElement[] cases = [.. results.Select(Case)];
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", "unibench gates"),
            new XAttribute("tests", cases.Length),
            new XAttribute("failures", cases.Count(c => c.Element("failure") is not null)),
            new XAttribute("errors", 0),
            new XAttribute("skipped", cases.Count(c => c.Element("skipped") is not null)),
            cases);
        return new XDeclaration("1.0", "utf-8", null) + "\n" + new XElement("testsuites", suite) + "\n";
    }

    private static XElement Case(GateResult result)
    {
        var one = new XElement("testcase", new XAttribute("classname", XmlText.Legal(result.Case.Id)), new XAttribute("name", $"{result.Case.Metric}: {result.Gate.Bound}"));
        if (result.Status == GateStatus.Regression && !result.Muted)
        {
            one.Add(new XElement("failure", new XAttribute("type", "regression"), new XAttribute("message", XmlText.Legal(result.Measured)), result.Gate.Reason));
        }
        else if (result.Status != GateStatus.Ok)
        {
            string why = result.Status == GateStatus.Inconclusive ? "inconclusive" : string.Create(CultureInfo.InvariantCulture, $"regression, muted until {result.Gate.MutedUntil:yyyy-MM-dd}");
            one.Add(new XElement("skipped", new XAttribute("message", XmlText.Legal($"{why}: {result.Measured}"))));
        }

        return one;
    }
}
