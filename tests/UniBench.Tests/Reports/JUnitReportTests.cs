using System.Xml.Linq;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Reports.JUnit;
using UniBench.Tests.Measure;

namespace UniBench.Tests.Reports;

public sealed class JUnitReportTests
{
    private static readonly RunResults Results = FabricatedRun.Pipeline();

    [Test]
    public void Every_case_is_one_test_case_with_its_status_and_reason()
    {
        XElement suite = XDocument.Parse(JUnitReport.Render([new ReportRun("one", Results)])).Root!.Element("testsuite")!;
        XElement[] cases = [.. suite.Elements("testcase")];
        Assert.That(cases.Select(c => c.Attribute("name")!.Value), Is.EqualTo(Results.Cases.Select(c => c.Id).Distinct()));
        foreach (CaseMetric one in Results.Cases)
        {
            XElement test = cases.Single(c => c.Attribute("name")!.Value == one.Id);
            Assert.That(test.Element("failure") is not null, Is.EqualTo(one.Status == CaseStatus.Failed), one.Id);
            Assert.That(test.Element("skipped") is not null, Is.EqualTo(one.Status == CaseStatus.NotRun), one.Id);
            Assert.That(test.Elements().Attributes("message").Select(a => a.Value), Is.EqualTo(one.Reason is null ? [] : new[] { one.Reason }));
        }

        Assert.That(suite.Attribute("tests")!.Value, Is.EqualTo($"{cases.Length}"));
        Assert.That(suite.Attribute("failures")!.Value, Is.EqualTo("1"));
        Assert.That(suite.Attribute("skipped")!.Value, Is.EqualTo($"{Results.Cases.Count(c => c.Status == CaseStatus.NotRun)}"));
    }

    [Test]
    public void What_xml_cannot_hold_is_replaced()
    {
        CaseMetric broken = Results.Cases[0] with { Status = CaseStatus.Failed, Reason = "died: \u001b[31m\0 <&> \ud83d\ude00 \ud800" };
        XElement root = XDocument.Parse(JUnitReport.Render([new ReportRun("\u0001", Results with { Cases = [broken] })])).Root!;
        Assert.That(root.Descendants("failure").Single().Attribute("message")!.Value, Is.EqualTo("died: \ufffd[31m\ufffd <&> \ud83d\ude00 \ufffd"));
    }
}
