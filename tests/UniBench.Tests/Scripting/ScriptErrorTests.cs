using NUnit.Framework;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ScriptErrorTests : IDisposable
{
    private const string Fine = "Case(\"a\", Program(\"true\")).Metric(\"wall_ms\", \"ms\", Lower);";
    private readonly Scripts scripts = new();

    public void Dispose() => scripts.Dispose();

    [Test]
    public void A_compile_error_shows_file_line_column_and_number()
    {
        string message = ErrorOf("var a = 1;\n  var b = unknown;\n");
        Assert.That(message, Does.StartWith($"{scripts.Folder}/a.csx(2,11): error CS0103: "));
    }

    [Test]
    public void Every_compile_error_is_shown() =>
        Assert.That(ErrorOf("int a = \"x\";\nint b = \"y\";\n").Split('\n'), Has.Length.EqualTo(2));

    [Test]
    public void An_unknown_member_of_a_case_is_an_error_at_its_place() =>
        Assert.That(ErrorOf("Case(\"a\", Program(\"true\"))\n    .Metrik(\"wall_ms\");"), Does.Contain("a.csx(2,6): error CS1061"));

    [Test]
    public void A_run_time_error_shows_file_line_and_column()
    {
        string message = ErrorOf("var list = new int[1];\n\nlist[Args.Count + 1] = 2;\n" + Fine);
        Assert.That(message, Does.Match(@"a\.csx\(3,\d+\): error: IndexOutOfRangeException: "));
    }

    [Test]
    public void A_run_time_error_below_a_function_shows_both_lines()
    {
        string[] lines = ErrorOf("void Fail()\n{\n    throw new Exception(\"no\");\n}\n\nFail();\n").Split('\n');
        Assert.That(lines[0], Does.Match(@"a\.csx\(3,\d+\): error: Exception: no"));
        Assert.That(lines[1], Does.Match(@"a\.csx\(6,\d+\): called here"));
    }

    [Test]
    public void An_error_in_a_loaded_file_is_shown_there()
    {
        scripts.Write("part.csx", "void Fail()\n{\n    throw new Exception(\"no\");\n}\n");
        Assert.That(ErrorOf("#load \"part.csx\"\nFail();\n"), Does.Match(@"part\.csx\(3,\d+\): error: Exception: no"));
    }

    [Test]
    public void An_error_while_a_workload_is_built_is_located_too() =>
        Assert.That(ErrorOf("var n = Param(\"n\", 1);\nCase(\"a\", [n],\n    p => Program(\"true\", p[\"m\"])).Metric(\"wall_ms\", \"ms\", Lower);"), Does.Match(@"a\.csx\(3,\d+\): error: .*'m'.* n"));

    [TestCase("Program(\"no_such_program_anywhere\");", "no program 'no_such_program_anywhere'")]
    [TestCase("Program(\"./no/such/file\");", "no program /")]
    [TestCase("Param(\"n\");", "'n' has no values")]
    [TestCase("Param(\"a b\", 1);", "cannot be called 'a b'")]
    [TestCase("Param(\"n\", \"x=1\");", "cannot have the value 'x=1'")]
    [TestCase("Param(\"n\", 1); Param(\"n\", 2);", "declared twice")]
    [TestCase(Fine + Fine, "case 'a' is declared twice")]
    [TestCase("Case(\"a\", Program(\"true\"));", "keeps no metric")]
    [TestCase("Case(\"a\", Program(\"true\")).ExpectStage(3, exit: 0);", "stages 0 to 0")]
    [TestCase("Case(\"a\", [], _ => null).Expect(0);", "gives no workload")]
    [TestCase("", "declares no case")]
    [TestCase("Case(\"a\", Program(\"true\")).Metric(\"x\", \"ns\", Lower).Metric(\"x\", \"ns\", Lower);", "keeps the metric 'x' twice")]
    [TestCase("Case(\"a\", Program(\"true\")).Metric(\"wall_ms\", \"s\", Lower);", "'wall_ms' is in ms, not s")]
    [TestCase("Case(\"a\", Program(\"true\")).Backends(\"vax\");", "no backend is called 'vax'")]
    [TestCase("Case(\"a\", Program(\"true\")).Placements();", "needs one placement")]
    [TestCase("Case(\"a\", Program(\"true\")).Timeout(\"soon\");", "'soon' is not a time")]
    [TestCase("Case(\"a\", Program(\"true\")).Memory(\"much\");", "'much' is not a")]
    [TestCase("Case(\"a\", Program(\"true\")).Expect(256);", "exit codes are 0 to 255")]
    [TestCase("Case(\"a\", Program(\"true\")).Mount(\"/no/such\", \"/x\");", "no /no/such to mount")]
    [TestCase("Case(\"a\", Program(\"true\")).Root(\"/no/such\");", "no /no/such to mount")]
    [TestCase("Case(\"a\", Program(\"true\")).Directory(\"sub\");", "absolute path, not 'sub'")]
    [TestCase("Scratch().Text(\"../up\", \"\");", "cannot hold '../up'")]
    [TestCase("Scratch().Text(\"/etc/passwd\", \"\");", "cannot hold '/etc/passwd'")]
    [TestCase("Scratch().Text(\"a\", \"\").Words(\"a\", 1);", "holds 'a' already")]
    [TestCase("Scratch().Program(\"no_such_program_anywhere\");", "no program 'no_such_program_anywhere'")]
    public void What_cannot_be_is_refused_at_the_scripts_line(string code, string reason)
    {
        string message = ErrorOf("\n" + code);
        Assert.That(message, Does.Contain(reason));
        Assert.That(message, Does.Match(code.Length == 0 ? @"a\.csx\(1,1\): error: " : @"a\.csx\(2,\d+\): error: "));
    }

    private string ErrorOf(string code) => Assert.Throws<ScenarioException>(() => scripts.Read("a.csx", code))!.Message;
}
