using System.Diagnostics;
using NUnit.Framework;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Packaging;

/// <summary>The last line of `./run.sh test`, from result files.</summary>
internal sealed class SummaryTests
{
    private const string Passed = "<UnitTestResult testName=\"A_b\" outcome=\"Passed\" />";
    private const string Failed = "<UnitTestResult testName=\"C_d\" outcome=\"Failed\"><Output><ErrorInfo><Message>bad</Message></ErrorInfo></Output></UnitTestResult>";

    [Test]
    public void Without_skipped_tests_the_line_counts_the_others() => Assert.That(Summary("", Passed + Passed), Is.EqualTo((0, "2 passed, 0 failed\n")));

    [Test]
    public void Reasons_are_told_once_with_their_tests_and_counted_in_the_last_line_over_all_files() => Assert.That(
        Summary("", Passed + Skipped("E(&quot;x&quot;)", "no  runc\n here"), Skipped("F", "no runc here") + Skipped("G", "no TeX") + Passed),
        Is.EqualTo((0, "skipped, 2: no runc here\n    E(\"x\"), F\nskipped, 1: no TeX\n    G\n2 passed, 0 failed, 3 skipped: no runc here (2); no TeX (1)\n")));

    [Test]
    public void A_failed_test_fails_the_suite() => Assert.That(Summary("-v broken=1", Passed + Failed), Is.EqualTo((1, "1 passed, 1 failed\n")));

    [Test]
    public void A_run_that_failed_without_a_failed_test_counts_as_one() => Assert.That(Summary("-v broken=1", Passed), Is.EqualTo((1, "1 passed, 1 failed\n")));

    [Test]
    public void Where_nothing_ran_nothing_passed() => Assert.That(Summary("", ""), Is.EqualTo((1, "0 passed, 1 failed\n")));

    [Test]
    public void Where_no_engine_ran_the_line_says_so() => Assert.That(
        Summary("-v engine=none", Passed + Skipped("E", "no KVM")),
        Is.EqualTo((0, "skipped, 1: no KVM\n    E\n1 passed, 0 failed, 1 skipped: no KVM; THE ENGINE WAS NOT TESTED\n")));

    private static string Skipped(string test, string reason) =>
        $"<UnitTestResult testName=\"{test}\" outcome=\"NotExecuted\"><Output><ErrorInfo><Message>{reason}</Message></ErrorInfo></Output></UnitTestResult>";

    private static (int Code, string Output) Summary(string options, params string[] results)
    {
        using FreshDirectory folder = new();
        string[] files = [.. results.Select((_, i) => Path.Combine(folder.Path, $"{i}.trx"))];
        foreach ((string file, string text) in files.Zip(results))
        {
            File.WriteAllText(file, $"<TestRun><Results>{text}</Results></TestRun>");
        }

        using Process awk = Process.Start(new ProcessStartInfo("awk", [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-f", Path.Combine(ConformancePrograms.Repository, "tests", "summary.awk"), .. files])
        {
            RedirectStandardOutput = true,
        })!;
        string output = awk.StandardOutput.ReadToEnd();
        awk.WaitForExit();
        return (awk.ExitCode, output);
    }
}
