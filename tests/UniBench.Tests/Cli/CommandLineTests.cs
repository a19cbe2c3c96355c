using System.Text.Json;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Cli.Commands;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CommandLineTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [TestCase("--help")]
    [TestCase("run", "--help")]
    [TestCase("exec", "--help")]
    [TestCase("doctor", "--help")]
    [TestCase("list", "--help")]
    [TestCase("report", "--help")]
    public void Help_shows_examples_on_stdout_and_ends_with_0(params string[] arguments)
    {
        Assert.That(session.Call(arguments), Is.Zero);
        Assert.That(session.Out, Does.Contain("Examples:").And.Contain("unibench "));
        Assert.That(session.Errors, Is.Empty);
    }

    [TestCase("baseline", "save")]
    [TestCase("baseline", "list")]
    [TestCase("baseline", "rm")]
    [TestCase("history", "add")]
    [TestCase("history", "show")]
    [TestCase("history", "plot")]
    public void The_examples_of_a_subcommand_call_that_subcommand(string command, string sub)
    {
        Assert.That(session.Call(command, sub, "--help"), Is.Zero);
        string[] examples = [.. session.Out.Split('\n').SkipWhile(l => l != "Examples:").Skip(1).TakeWhile(l => l.Length > 0)];
        Assert.That(examples, Is.Not.Empty.And.All.StartsWith($"  unibench {command} {sub}"));
    }

    [TestCase("compare", "comapre", "a", "b")]
    [TestCase("baseline", "baselin", "list")]
    [TestCase("save", "baseline", "sav", "x", "y")]
    [TestCase("--rounds", "run", "x.csx", "--round", "5")]
    [TestCase("--backends", "plan", "x.csx", "--backend=process")]
    [TestCase("--placement", "run", "x.csx", "--placment", "same")]
    public void A_mistyped_word_is_answered_with_what_was_meant(string meant, params string[] call)
    {
        Assert.That(session.Call(call), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain($"; did you mean {meant}?"));
    }

    [TestCase("process", "run", "pipeline", "--backends", "proces")]
    [TestCase("pipeline", "run", "pipelin")]
    [TestCase("size", "plan", "pipeline", "-p", "sise=1")]
    public void A_mistyped_name_is_answered_with_what_was_meant(string meant, params string[] call)
    {
        Assert.That(session.Call(call), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain($"did you mean {meant}?"));
    }

    [Test]
    public void Messages_do_not_speak_of_types()
    {
        session.Call("run", "x.csx", "--seed", "many");
        session.Call("report", "/no/such/directory/results.json");
        Assert.That(session.Errors, Does.Contain("'many' is not a whole number").And.Contain("/no/such/directory/results.json: no such file or directory").And.Not.Contain("System."));
    }

    [TestCase("run")]
    [TestCase("test")]
    [TestCase("exec")]
    [TestCase("bench")]
    public void Options_of_a_command_that_has_many_stand_in_groups_each_once(string command)
    {
        Assert.That(session.Call(command, "--help"), Is.Zero);
        string[] names = [.. System.Text.RegularExpressions.Regex.Matches(session.Out, "^  (?=-).*?(--[a-z-]+)", System.Text.RegularExpressions.RegexOptions.Multiline).Select(m => m.Groups[1].Value)];
        Assert.That(names, Is.Unique.And.Contains("--timeout"));
        Assert.That(session.Out, Does.Contain("What programs get:").And.Not.Contain("\nOptions:"));
        string others = session.Out[session.Out.IndexOf("Other options:", StringComparison.Ordinal)..session.Out.IndexOf("Examples:", StringComparison.Ordinal)];
        Assert.That(System.Text.RegularExpressions.Regex.Count(others, "^  -", System.Text.RegularExpressions.RegexOptions.Multiline), Is.LessThanOrEqualTo(2), others);
    }

    [TestCase("exec", "126", "10")]
    [TestCase("run", "10", "126")]
    [TestCase("list", "2", "3")]
    public void Help_shows_the_exit_codes_that_a_command_can_return(string command, string its, string others)
    {
        session.Call(command, "--help");
        string codes = session.Out[session.Out.IndexOf("Exit status:", StringComparison.Ordinal)..];
        Assert.That(codes, Does.Match($@"(?m)^  {its}\s").And.Not.Match($@"(?m)^  {others}\s"));
    }

    [TestCase("frobnicate")]
    [TestCase("run", "x.csx", "--frobnicate")]
    public void A_word_that_is_near_to_none_is_answered_without_a_guess(params string[] call)
    {
        Assert.That(session.Call(call), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("frobnicate").And.Not.Contain("did you mean"));
    }

    [Test]
    public void Examples_of_run_and_plan_work_in_any_directory()
    {
        string[] examples = [.. HelpWithExamples.Examples[RunCommand.Name].Select(e => $"{e} --dry-run"), .. HelpWithExamples.Examples[PlanCommand.Name]];
        foreach (string example in examples)
        {
            Assert.That(session.Call(example.Split(' ')[1..]), Is.Zero, example + session.Errors);
        }
    }

    [Test]
    public void What_cannot_be_written_is_said_in_one_line()
    {
        session.Run("Case(\"a\", Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);", "--rounds", "2");
        Assert.That(session.Call("report", session.Results, "--format", "csv", "-o", "/dev/full"), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors.TrimEnd().Split('\n')[^1], Does.StartWith("unibench: ").And.Contain("/dev/full"));
    }

    [Test]
    public void Version_is_one_line_on_stdout()
    {
        Assert.That(session.Call("--version"), Is.Zero);
        Assert.That(session.Out.TrimEnd(), Does.Match(@"^\d+\.\d+\.\d+\S*$"));
    }

    [TestCase]
    [TestCase("frobnicate")]
    [TestCase("--frobnicate")]
    [TestCase("run")]
    [TestCase("run", "nowhere.csx")]
    [TestCase("run", "nowhere.csx", "--frobnicate")]
    [TestCase("run", "nowhere.csx", "--rounds", "0")]
    [TestCase("run", "nowhere.csx", "--rounds", "many")]
    [TestCase("run", "nowhere.csx", "--backends", "process,vax")]
    [TestCase("run", "nowhere.csx", "--placement", "everywhere")]
    [TestCase("run", "nowhere.csx", "--timeout", "soon")]
    [TestCase("run", "nowhere.csx", "--seed", "many")]
    [TestCase("bench")]
    [TestCase("bench", "--", "true", "--")]
    [TestCase("bench", "--setup", "exit 3", "--", "true")]
    [TestCase("run", "nowhere.csx", "-p", "size")]
    [TestCase("run", "nowhere.csx", "-p", "size=")]
    [TestCase("run", "nowhere.csx", "-p", "size=1", "-p", "size=2")]
    [TestCase("doctor", "now")]
    [TestCase("doctor", "--", "now")]
    [TestCase("report")]
    [TestCase("report", "/no/such/directory")]
    [TestCase("list", "--format", "xml")]
    public void A_wrong_command_line_is_exit_code_2_with_a_message_on_stderr_alone(params string[] arguments)
    {
        Assert.That(session.Call(arguments), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.StartWith("unibench: "));
        Assert.That(session.Out, Is.Empty);
    }

    [Test]
    public void A_message_names_what_was_not_understood()
    {
        session.Call("run", "a.csx", "--frobnicate");
        Assert.That(session.Errors, Does.Contain("--frobnicate").And.Contain("unibench run --help"));
    }

    [Test]
    public void Doctor_is_content_with_one_backend_and_ends_with_4_without_any()
    {
        Availability none = new("not here", "buy a machine");
        session.Use(new ReplayBackend("unikernel") { Availability = none });
        session.Use(new ReplayBackend("sandbox") { Availability = none });
        session.Use(new ReplayBackend("container") { Availability = none });
        session.Use(new ReplayBackend("vm") { Availability = none });
        session.Use(new ReplayBackend("vm-tcg") { Availability = none });
        Assert.That(session.Call("doctor"), Is.Zero, session.Errors);
        session.Use(new ReplayBackend("process") { Availability = none });
        Assert.That(session.Call("doctor"), Is.EqualTo(ExitCodes.BackendUnavailable));
        Assert.That(session.Out, Does.Contain("not here").And.Contain("buy a machine").And.Contain("clock source"));
    }

    [Test]
    public void A_report_is_rendered_again_from_results_alone()
    {
        session.Run("Case(\"a\", Program(\"true\")).Metric(\"rtt_p50\", \"ns\", Lower);", "--rounds", "2");
        string report = Path.Combine(session.Results, "report.md");
        string before = File.ReadAllText(report);
        File.Delete(report);
        int launches = session.Backends["process"].Launches.Count;
        Assert.That(session.Call("report", session.Results), Is.Zero, session.Errors);
        Assert.That(File.ReadAllText(report), Is.EqualTo(before));
        Assert.That(session.Backends["process"].Launches, Has.Count.EqualTo(launches));
    }

    [Test]
    public void A_file_that_holds_no_results_is_refused()
    {
        string file = session.Script("{}", "results.json");
        Assert.That(session.Call("report", file), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain(file));
    }

    [Test]
    public void Scenarios_are_listed_as_JSON_without_running_them()
    {
        string script = session.Script("var n = Param(\"n\", 1, 2); Case(\"a\", [n], p => Program(\"true\", p[n]) | Program(\"true\")).Placements(Same).Metric(\"wall_ms\", \"ms\", Lower);");
        Assert.That(session.Call("list", script, "--format", "json"), Is.Zero, session.Errors);
        using JsonDocument json = JsonDocument.Parse(session.Out);
        JsonElement scenario = json.RootElement[0];
        Assert.Multiple(() =>
        {
            Assert.That(scenario.GetProperty("parameters")[0].GetProperty("values").GetArrayLength(), Is.EqualTo(2));
            Assert.That(scenario.GetProperty("cases")[1].GetProperty("workload").GetString(), Is.EqualTo("true 2 | true"));
            Assert.That(scenario.GetProperty("cases")[1].GetProperty("placements")[0].GetString(), Is.EqualTo("same"));
            Assert.That(session.Backends.Values.SelectMany(b => b.Launches), Is.Empty);
        });
    }
}
