using System.Globalization;
using System.Text;
using System.Xml;
using UniBench.Measure;

namespace UniBench.Reports.JUnit;

/// <summary>
/// junit.xml: a test suite for each run, a test case for each case. A case that failed in any metric is a failure, one that was not run is
/// skipped, both with the reason; the medians of a case are its output.
/// </summary>
internal static class JUnitReport
{
    public const string FileName = "junit.xml";

    public static string Render(IReadOnlyList<ReportRun> runs)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            foreach (ReportRun run in runs)
            {
                Suite(xml, run);
            }
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n";
    }

    private static void Suite(XmlWriter xml, ReportRun run)
    {
        CaseMetric[][] cases = [.. run.Results.Cases.GroupBy(c => c.Id).Select(g => g.ToArray())];
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", XmlText.Legal(run.Label));
        xml.WriteAttributeString("tests", Number(cases.Length));
        xml.WriteAttributeString("failures", Number(cases.Count(c => Has(c, CaseStatus.Failed))));
        xml.WriteAttributeString("skipped", Number(cases.Count(c => !Has(c, CaseStatus.Failed) && Has(c, CaseStatus.NotRun))));
        xml.WriteAttributeString("timestamp", run.Results.Environment.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds(run.Results.Rounds.Sum(r => r.WallS)));
        ILookup<string, RoundRecord> rounds = run.Results.Rounds.ToLookup(r => r.CaseId);
        foreach (CaseMetric[] one in cases)
        {
            Case(xml, one, rounds[one[0].Id].Sum(r => r.WallS));
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, CaseMetric[] metrics, double seconds)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", XmlText.Legal($"{metrics[0].Scenario}.{metrics[0].Name}"));
        xml.WriteAttributeString("name", XmlText.Legal(metrics[0].Id));
        xml.WriteAttributeString("time", Seconds(seconds));
        string? wrong = Has(metrics, CaseStatus.Failed) ? CaseStatus.Failed : Has(metrics, CaseStatus.NotRun) ? CaseStatus.NotRun : null;
        if (wrong is not null)
        {
            string[] reasons = [.. metrics.Where(m => m.Status == wrong).Select(m => m.Reason ?? "no reason was recorded").Distinct()];
            xml.WriteStartElement(wrong == CaseStatus.Failed ? "failure" : "skipped");
            xml.WriteAttributeString("message", XmlText.Legal(string.Join("; ", reasons)));
            xml.WriteEndElement();
        }

        string[] lines = [.. metrics.Where(m => m.Summary is not null).Select(Line)];
        if (lines.Length > 0)
        {
            xml.WriteElementString("system-out", XmlText.Legal(string.Join('\n', lines)));
        }

        xml.WriteEndElement();
    }

    private static string Line(CaseMetric one)
    {
        Summary s = one.Summary!;
        return string.Create(CultureInfo.InvariantCulture, $"{one.Metric}: {Figure.Of(s.Median)} {one.Unit} [{Figure.Of(s.Low)}, {Figure.Of(s.High)}], {s.N} rounds");
    }

    private static bool Has(CaseMetric[] metrics, string status) => metrics.Any(m => m.Status == status);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
