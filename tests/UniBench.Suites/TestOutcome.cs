using System.Text;
using System.Text.RegularExpressions;
using UniBench.Workloads;

namespace UniBench.Suites;

/// <summary>How a test ended on one backend.</summary>
/// <param name="Verdict">What that means.</param>
/// <param name="Cause">Why it is no pass, in a few words: what the test said, or what the engine refused. Empty for a pass.</param>
internal sealed partial record TestOutcome(Verdict Verdict, string Cause, TimeSpan Wall)
{
    private const int LongestCause = 100;

    public static TestOutcome Of(LaunchResult result)
    {
        ExitStatus status = result.Stages[^1];
        if (result.Outcome != FamilyOutcome.Completed)
        {
            return new TestOutcome(Verdict.Failed, "time limit", result.Wall);
        }

        if (status.IsSuccess)
        {
            return new TestOutcome(Verdict.Passed, "", result.Wall);
        }

        string said = Encoding.UTF8.GetString(result.Stderr) + "\n" + Encoding.UTF8.GetString(result.Stdout);
        string refused = string.Join(", ", result.UnsupportedCalls.Keys.Order(StringComparer.Ordinal));
        string cause = (refused.Length > 0 ? $"ENOSYS: {refused}; " : "") + (Complaint().Match(said) is { Success: true } line ? line.Value.Trim() : status.ToString());
        return new TestOutcome(status.Code == LtpSuite.DoesNotApply ? Verdict.DoesNotApply : Verdict.Failed, Clean(cause), result.Wall);
    }

    private static string Clean(string cause)
    {
        string plain = Escape().Replace(cause, "").Replace('|', '/').Replace('`', '\'');
        return plain.Length > LongestCause ? plain[..LongestCause] + "..." : plain;
    }

    /// <summary>The first line with which the test says what is wrong, without its place.</summary>
    [GeneratedRegex(@"T(FAIL|BROK|CONF)(\x1b\[[0-9;]*m)?:? *[^\n]*")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Escape();
}
