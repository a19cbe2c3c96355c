using System.Diagnostics;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Measure;
using UniBench.Reports;

namespace UniBench.Tests.Cli;

/// <summary>The real tool as a process of its own, with real children and real signals.</summary>
[Slow]
internal sealed class SignalTests
{
    [TestCase("INT")]
    [TestCase("TERM")]
    public void A_signal_leaves_results_a_report_and_no_children(string signal)
    {
        using Session session = new();
        string script = session.Script("Case(\"sleep\", Program(\"sleep\", 77.125)).Metric(\"wall_ms\", \"ms\", Lower);");
        using Process tool = Start("run", script, "--backends", "process", "--warmup", "0", "--out", session.Results);
        WaitForLaunch(tool);
        Signal(tool, signal);
        Task<string> errors = tool.StandardError.ReadToEndAsync();
        string output = tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        RunResults results = ResultsFile.Load(Path.Combine(session.Results, ResultsFile.Name));
        Assert.Multiple(() =>
        {
            Assert.That(tool.ExitCode, Is.EqualTo(ExitCodes.Interrupted));
            Assert.That(output, Does.Contain("interrupted: partial results"));
            Assert.That(results.Interrupted, Is.True);
            Assert.That(errors.Result, Does.Contain($"unibench: go on with: unibench run {script} --backends process --warmup 0 --out {session.Results} --resume\n"));
            Assert.That(File.Exists(Path.Combine(session.Results, "report.md")), Is.True);
            Assert.That(Sleepers(), Is.Empty);
        });
    }

    [Test]
    public void Two_signals_at_once_leave_no_children_either()
    {
        using Session session = new();
        string script = session.Script("Case(\"sleep\", Program(\"sleep\", 77.125)).Metric(\"wall_ms\", \"ms\", Lower);");
        using Process tool = Start("run", script, "--backends", "process", "--warmup", "0", "--out", session.Results);
        WaitForLaunch(tool);
        Signal(tool, "INT");
        Signal(tool, "INT");
        tool.StandardOutput.ReadToEnd();
        tool.WaitForExit();
        Assert.That(tool.ExitCode, Is.EqualTo(ExitCodes.Interrupted));
        Assert.That(Sleepers(), Is.Empty);
    }

    [Test]
    public void A_script_without_end_is_ended_by_a_signal()
    {
        using Session session = new();
        using Process tool = Start("run", session.Script("Console.WriteLine(\"looping\"); while (Args.Count == 0) { }"));
        Assert.That(tool.StandardOutput.ReadLine(), Is.EqualTo("looping"));
        Signal(tool, "INT");
        tool.WaitForExit();
        Assert.That(tool.ExitCode, Is.EqualTo(ExitCodes.Interrupted));
    }

    // Started in the background of a shell, the tests ignore SIGINT, and so would the tool.
    private static Process Start(params string[] arguments) => Process.Start(
        new ProcessStartInfo("/usr/bin/env", ["--default-signal", Path.Combine(AppContext.BaseDirectory, "unibench"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Until the launch's child is there: the tool says that it launches just before it does.</summary>
    private static void WaitForLaunch(Process tool)
    {
        while (tool.StandardError.ReadLine() is { } line && !line.Contains("measuring", StringComparison.Ordinal))
        {
        }

        Assert.That(() => Sleepers(), Is.Not.Empty.After((int)Patience.Seconds(20).TotalMilliseconds, 10), "the launch has begun");
    }

    private static void Signal(Process tool, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{tool.Id}"]);
        kill.WaitForExit();
    }

    private static string[] Sleepers() =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])).Where(IsSleeper),
    ];

    private static bool IsSleeper(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "cmdline")) == "sleep\u000077.125\0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // gone meanwhile
        }
    }
}
