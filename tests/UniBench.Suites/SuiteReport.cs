using System.Globalization;
using System.Text;

namespace UniBench.Suites;

/// <summary>What a suite showed, as Markdown: a table by group with causes. Only tests that pass on Linux in the same run are counted against an engine.</summary>
internal sealed class SuiteReport(string title, string reference, IReadOnlyList<string> engines)
{
    private readonly List<(SuiteTest Test, IReadOnlyDictionary<string, TestOutcome> Outcomes)> tests = [];

    public void Add(SuiteTest test, IReadOnlyDictionary<string, TestOutcome> outcomes) => tests.Add((test, outcomes));

    public int Tried => tests.Count;

    /// <summary>Tests that pass on Linux.</summary>
    public int Counted => tests.Count(t => t.Outcomes[reference].Verdict == Verdict.Passed);

    public int Passed(string engine) => tests.Count(t => Counts(t.Outcomes) && t.Outcomes[engine].Verdict == Verdict.Passed);

    /// <returns>Share of the tests that pass on Linux, percent; 0 when there is none.</returns>
    public double Percent(string engine) => Counted == 0 ? 0 : 100.0 * Passed(engine) / Counted;

    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {title}\n\n{Tried} tests were run, each on every backend; {Counted} pass on {Environment.OSVersion.VersionString} and are counted.\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| backend | pass | of those that pass on Linux |\n| --- | ---: | ---: |\n");
        foreach (string engine in engines)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {engine} | {Passed(engine)} | {Percent(engine):0.0} % |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## By group\n\n| group | run | pass on Linux |{string.Concat(engines.Select(e => $" {e} |"))} what does not pass |\n| --- | ---: | ---: |{string.Concat(engines.Select(_ => " ---: |"))} --- |\n");
        foreach (var group in tests.GroupBy(t => t.Test.Group).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var counted = group.Where(t => Counts(t.Outcomes)).ToArray();
            string passes = string.Concat(engines.Select(e => string.Create(CultureInfo.InvariantCulture, $" {counted.Count(t => t.Outcomes[e].Verdict == Verdict.Passed)} |")));
            string rest = string.Join("; ", counted.Where(t => engines.Any(e => t.Outcomes[e].Verdict != Verdict.Passed)).Select(t => $"{t.Test.Name}: {Causes(t.Outcomes)}"));
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {group.Count()} | {counted.Length} |{passes} {rest} |\n");
        }

        var elsewhere = tests.Where(t => !Counts(t.Outcomes)).ToArray();
        if (elsewhere.Length > 0)
        {
            text.Append("\n## Do not pass on Linux here\n\n");
            foreach (var (test, outcomes) in elsewhere)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {test.Name}: {outcomes[reference].Cause}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>One row for each test and backend.</summary>
    public string ToCsv()
    {
        StringBuilder text = new("group,test,backend,verdict,seconds,cause\n");
        foreach (var (test, outcomes) in tests)
        {
            foreach ((string backend, TestOutcome outcome) in outcomes)
            {
                text.Append(CultureInfo.InvariantCulture, $"{test.Group},{test.Name},{backend},{outcome.Verdict},{outcome.Wall.TotalSeconds:0.000},\"{outcome.Cause.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
            }
        }

        return text.ToString();
    }

    private bool Counts(IReadOnlyDictionary<string, TestOutcome> outcomes) => outcomes[reference].Verdict == Verdict.Passed;

    /// <summary>Said once where the engines agree.</summary>
    private string Causes(IReadOnlyDictionary<string, TestOutcome> outcomes)
    {
        var failed = engines.Where(e => outcomes[e].Verdict != Verdict.Passed).ToArray();
        string[] causes = [.. failed.Select(e => outcomes[e].Cause).Distinct()];
        return failed.Length == engines.Count && causes.Length == 1 ? causes[0] : string.Join(", ", failed.Select(e => $"{e}: {outcomes[e].Cause}"));
    }
}
