using System.Globalization;
using System.Xml.Linq;
using UniBench.Measure.Comparing;
using UniBench.Reports.JUnit;

namespace UniBench.Reports.Comparisons;

/// <summary>Verdicts of gates as JUnit XML, which CI services show: a regression and a case that was not run are failures, what is muted, undecided or has nothing to be compared with is skipped.</summary>
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
        if (result.Status is GateStatus.Regression or GateStatus.Missing && !result.Muted)
        {
            one.Add(new XElement("failure", new XAttribute("type", result.Status == GateStatus.Missing ? "missing" : "regression"), new XAttribute("message", XmlText.Legal(result.Measured)), result.Gate.Reason));
        }
        else if (result.Status != GateStatus.Ok)
        {
            string why = result.Status switch
            {
                GateStatus.Inconclusive => "inconclusive",
                GateStatus.Skipped => "not compared",
                _ => string.Create(CultureInfo.InvariantCulture, $"{(result.Status == GateStatus.Missing ? "missing" : "regression")}, muted until {result.Gate.MutedUntil:yyyy-MM-dd}"),
            };
            one.Add(new XElement("skipped", new XAttribute("message", XmlText.Legal($"{why}: {result.Measured}"))));
        }

        return one;
    }
}
