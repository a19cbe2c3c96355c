using System.Diagnostics;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ManualTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Test]
    public void The_manual_page_in_docs_is_what_the_commands_say()
    {
        string path = Path.Combine(ConformancePrograms.Repository, "docs", "unibench.1");
        Assert.That(session.Call("man"), Is.Zero);
        if (Environment.GetEnvironmentVariable("UNIBENCH_GOLDEN") == "write")
        {
            File.WriteAllText(path, session.Out);
        }

        Assert.That(session.Out, Is.EqualTo(File.ReadAllText(path)), "./run.sh man > docs/unibench.1");
    }

    [TestCase("unibench com", "compare,completion")]
    [TestCase("unibench exec --backend ", "unikernel,sandbox,process,container,vm,vm-tcg")]
    [TestCase("unibench run --placement ", "free,same,cross")]
    [TestCase("unibench gate r --fail-on in", "inconclusive")]
    [TestCase("unibench run --pl", "--placement")]
    [TestCase("unibench report --form", "--format")]
    [TestCase("unibench baseline ", "list,rm,save")]
    public void Bash_completes_commands_options_and_values(string typed, string expected)
    {
        string[] offered = Offered(typed);
        Assert.That(offered, Is.SupersetOf(expected.Split(',')));
        string word = typed.EndsWith(' ') ? "" : typed.Split(' ')[^1];
        Assert.That(offered, Is.All.StartsWith(word));
    }

    private static string[] Offered(string typed)
    {
        string tool = typeof(ExitCodes).Assembly.Location;
        string script = $$"""
            unibench() { dotnet {{tool}} "$@"; }
            source <(unibench completion bash)
            COMP_LINE='{{typed}}' COMP_POINT={{typed.Length}}
            read -ra COMP_WORDS <<<"$COMP_LINE"
            [[ $COMP_LINE != *' ' ]] || COMP_WORDS+=('')
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _unibench
            [[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}"
            """;
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        string[] offered = bash.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        bash.WaitForExit();
        return offered;
    }

    [TestCase("unibench run ")]
    [TestCase("unibench compare ")]
    [TestCase("unibench exec -- hello --")]
    public void Bash_offers_files_where_a_file_is_expected(string typed) => Assert.That(Offered(typed), Is.Empty);

    [Test]
    public void Bash_completes_the_last_of_a_list() =>
        Assert.That(Offered("unibench report r --format md,h"), Is.EqualTo(new[] { "md,html" }));

    [TestCase("0,x")]
    [TestCase("")]
    [TestCase("3-1")]
    [TestCase("5000")]
    public void A_list_of_cpus_that_is_none_is_refused(string cpus)
    {
        Assert.That(session.Call("run", session.Script("""Case("a", Program("true")).Expect(0);"""), "--pin", cpus), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("--pin"));
    }

    [Test]
    public void A_pinned_run_keeps_every_process_on_its_cpus()
    {
        Require.Programs("/bin/sh", "/usr/bin/taskset");
        string script = session.Script("""Case("a", Program("/bin/sh", "-c", "taskset -p $$")).Backends("process").ExpectMatch("mask: 1$");""");
        string tool = typeof(ExitCodes).Assembly.Location;
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [tool, "test", script, "--pin", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        Assert.That(run.ExitCode, Is.Zero, output);
    }
}
