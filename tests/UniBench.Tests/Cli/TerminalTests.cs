using System.Diagnostics;
using NUnit.Framework;

namespace UniBench.Tests.Cli;

/// <summary>`unibench exec` on a terminal, which script(1) provides.</summary>
[TestFixture]
internal sealed class TerminalTests
{
    private const string Script = "/usr/bin/script";
    private const string OwnSession = "/usr/bin/setsid"; // script passes on what is sent to its group, which must not be the tests'
    private const string Busybox = "/bin/busybox";

    [OneTimeSetUp]
    public void Check_the_machine()
    {
        Require.Kvm();
        Require.Programs(OwnSession, Script, Busybox);
    }

    [Test]
    public void An_interactive_shell_runs_commands_knows_its_terminal_and_gives_its_exit_code()
    {
        (string output, int code) = Type("tty >/dev/null && echo on a terminal\n", "echo $((6*7))\n", "exit 5\n");
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("\r\non a terminal\r\n").And.Contain("\r\n42\r\n"));
            Assert.That(code, Is.EqualTo(5), output);
        });
    }

    [Test]
    public void Ctrl_C_ends_the_foreground_job_and_not_the_shell()
    {
        (string output, int code) = Type("sleep 100\n", "\u0003", "echo status $?\n", "exit 0\n");
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("\r\nstatus 130\r\n"));
            Assert.That(code, Is.Zero, output);
        });
    }

    [Test]
    public void Ctrl_Z_stops_a_job_that_fg_continues()
    {
        (string output, int code) = Type("cat\n", "\u001a", "jobs\n", "fg\n", "echoed\n", "\u0004", "exit 0\n");
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Match(@"Stopped\s+cat").And.Contain("\r\nechoed\r\nechoed\r\n"));
            Assert.That(code, Is.Zero, output);
        });
    }

    /// <summary>Types each piece when the shell has answered the one before.</summary>
    private static (string Output, int Code) Type(params string[] pieces)
    {
        string tool = Path.Combine(AppContext.BaseDirectory, "unibench");
        // script hands the command to a shell, which must not stand in the tool's process group: dash would die of the Ctrl-C.
        using Process terminal = Process.Start(new ProcessStartInfo(OwnSession, ["--wait", "/usr/bin/env", "--default-signal", Script, "-qefc", $"exec {tool} exec --root / --env PS1=READY -- {Busybox} sh", "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        System.Text.StringBuilder output = new();
        Task reader = Task.Run(async () =>
        {
            char[] buffer = new char[4096];
            for (int n; (n = await terminal.StandardOutput.ReadAsync(buffer)) > 0;)
            {
                lock (output)
                {
                    output.Append(buffer, 0, n);
                }
            }
        });
        Stopwatch elapsed = Stopwatch.StartNew();
        int seen = 0;
        foreach (string piece in pieces)
        {
            WaitForQuiet();
            terminal.StandardInput.Write(piece);
            terminal.StandardInput.Flush();
        }

        if (!terminal.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            terminal.Kill(entireProcessTree: true);
        }

        reader.Wait();
        return (output.ToString(), terminal.ExitCode);

        // Something new came, and then nothing for a while: whoever reads the terminal waits for us.
        void WaitForQuiet()
        {
            int last = seen;
            for (int quiet = 0; quiet < 15 && elapsed.Elapsed < TimeSpan.FromSeconds(40);)
            {
                Thread.Sleep(20);
                int now;
                lock (output)
                {
                    now = output.Length;
                }

                quiet = now == last && now > seen ? quiet + 1 : now == last ? quiet : 0;
                if (now == last && elapsed.Elapsed > TimeSpan.FromSeconds(35))
                {
                    break;
                }

                last = now;
            }

            seen = last;
        }
    }
}
