using System.Diagnostics;
using NUnit.Framework;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Packaging;

/// <summary>The .NET tool package, installed into a directory of its own and used from an empty one.</summary>
[Slow]
internal sealed class ToolPackageTests
{
    private string folder = "";
    private string empty = "";

    private string Tool => Path.Combine(folder, "tool", "unibench");

    // Before the first test that is run: a one-time setup comes before tests that are all left out, too.
    [SetUp]
    public void Install()
    {
        if (folder.Length > 0)
        {
            return;
        }

        folder = Directory.CreateTempSubdirectory("unibench-tests-").FullName;
        empty = Directory.CreateDirectory(Path.Combine(folder, "empty")).FullName;
        string packages = Path.Combine(folder, "packages");
        string project = Path.Combine(ConformancePrograms.Repository, "src", "UniBench.Cli");
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        Must("dotnet", "pack", project, "--configuration", configuration, "--no-build", "--output", packages, "--nologo", "--disable-build-servers");

        // No other source: what is installed is what was packed.
        string settings = Path.Combine(folder, "nuget.config");
        File.WriteAllText(settings, $"<configuration><packageSources><clear /><add key=\"packed\" value=\"{packages}\" /></packageSources><config><add key=\"globalPackagesFolder\" value=\"{folder}/cache\" /></config></configuration>");
        Must("dotnet", "tool", "install", "unibench", "--tool-path", Path.Combine(folder, "tool"), "--configfile", settings);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        if (folder.Length > 0)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void It_says_its_help_and_lists_scenarios_and_programs_that_came_along()
    {
        Assert.That(Must(Tool, "--help"), Does.Contain("unikernels"));
        Assert.That(Must(Tool, "list"), Does.Contain("  pipeline: ").And.Contain("fork_storm"));
    }

    [Test]
    [NeedsKvm]
    [TooLongEmulated]
    public void It_runs_a_program_that_forks_as_a_unikernel()
    {
        Require.Kvm();
        Assert.That(Must(Tool, "exec", "--", "fork_storm", "--count", "10"), Does.Contain("@sample fork_exit_wait_p50 ns"));
    }

    [Test]
    public void It_runs_a_shipped_scenario_by_name_and_writes_the_report_here()
    {
        Must(Tool, "run", "syscalls", "--backends", "process", "--rounds", "1", "--warmup", "0", "--out", "report");
        Assert.That(File.Exists(Path.Combine(empty, "report", "report.md")));
    }

    [Test]
    public void It_writes_what_an_editor_needs_with_the_documentation_that_came_along()
    {
        Must(Tool, "editor");
        Assert.That(File.ReadAllText(Path.Combine(empty, ".unibench", "editor", "UniBench.Vocabulary.xml")), Does.Contain("A program with its first arguments"));
    }

    [Test]
    public void It_measures_the_engines_own_operations_with_the_benchmarks_that_came_along() =>
        Assert.That(Must(Tool, "micro", "--filter", "*RingBenchmarks*", "--quick", "--out", "micro"), Does.Contain("RingBenchmarks.HoldAndRelease: time"));

    [Test]
    public void It_measures_commands_without_a_scenario() =>
        Assert.That(Must(Tool, "bench", "--rounds", "2", "--warmup", "0", "--", "true", "--", "hello"), Does.Contain("hello").And.Contain("true"));

    private string Must(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = empty, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_CACHE_HOME"] = start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, "scripts");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}\n{output}\n{errors.Result}");
        return output;
    }
}
