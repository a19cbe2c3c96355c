using System.Diagnostics;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace UniBench.Tests.Cli;

/// <summary>`unibench exec` on a terminal, which script(1) provides.</summary>
[TestFixture]
[NeedsKvm]
internal sealed class TerminalTests
{
    private const string Script = "/usr/bin/script";
    private const string OwnSession = "/usr/bin/setsid"; // script passes on what is sent to its group, which must not be the tests'
    private const string Busybox = "/bin/busybox";
    private const string Prompt = "READY";

    // What is typed before the shell has put the terminal back into its usual mode would get lost: the job says when it runs.
    private const string Job = "(echo begun; exec cat)\n";
    private const string Begun = "\r\nbegun\r\n";

    [OneTimeSetUp]
    public void Check_the_machine()
    {
        Require.Kvm();
        Require.Programs(OwnSession, Script, Busybox);
    }

    [Test]
    public void An_interactive_shell_runs_commands_knows_its_terminal_and_gives_its_exit_code()
    {
        (string output, int code) = Converse(
            (Prompt, "tty >/dev/null && echo on a terminal\n"),
            ("\r\non a terminal\r\n", "echo $((6*7))\n"),
            ("\r\n42\r\n", "exit 5\n"));
        Assert.That(code, Is.EqualTo(5), output);
    }

    [Test]
    public void Ctrl_C_ends_the_foreground_job_and_not_the_shell()
    {
        (string output, int code) = Converse(
            (Prompt, Job),
            (Begun, "\u0003"),
            (Prompt, "echo status $?\n"),
            ("\r\nstatus 130\r\n", "exit 0\n"));
        Assert.That(code, Is.Zero, output);
    }

    [Test]
    public void Ctrl_Z_stops_a_job_that_fg_continues()
    {
        (string output, int code) = Converse(
            (Prompt, Job),
            (Begun, "\u001a"),
            (Prompt, "jobs\n"),
            ("Stopped", ""),
            (Prompt, "fg\n"),
            ($"\r\n{Job[..^1]}\r\n", "echoed\n"), // the whole line: the terminal would echo between its parts
            ("echoed\r\nechoed\r\n", "\u0004"),
            (Prompt, "exit 0\n"));
        Assert.That(code, Is.Zero, output);
    }

    /// <summary>Types each text when what it answers has come, behind what the one before answered.</summary>
    private static (string Output, int Code) Converse(params (string Awaited, string Typed)[] turns)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "unibench");
        // script hands the command to a shell, which must not stand in the tool's process group: dash would die of the Ctrl-C.
        using Process terminal = Process.Start(new ProcessStartInfo(OwnSession, ["--wait", "/usr/bin/env", "--default-signal", Script, "-qefc", $"exec {tool} exec --root / --env PS1={Prompt} -- {Busybox} sh", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        using CancellationTokenSource limit = new(Patience.Seconds(20));
        using CancellationTokenRegistration end = limit.Token.Register(() => terminal.Kill(entireProcessTree: true));
        StringBuilder output = new();
        int answered = 0;
        foreach ((string awaited, string typed) in turns)
        {
            while (output.ToString().IndexOf(awaited, answered, StringComparison.Ordinal) < 0)
            {
                int next = terminal.StandardOutput.Read();
                Assert.That(next, Is.GreaterThanOrEqualTo(0), $"{JsonEncodedText.Encode(awaited)} did not come; so far:\n{output}");
                output.Append((char)next);
            }

            answered = output.Length;
            terminal.StandardInput.Write(typed);
            terminal.StandardInput.Flush();
        }

        output.Append(terminal.StandardOutput.ReadToEnd());
        terminal.WaitForExit();
        return (output.ToString(), terminal.ExitCode);
    }
}
