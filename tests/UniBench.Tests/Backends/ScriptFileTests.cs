using NUnit.Framework;
using UniBench.Backends;
using UniBench.Workloads;

namespace UniBench.Tests.Backends;

[TestFixture]
internal sealed class ScriptFileTests
{
    private static readonly Mount[] Everything = [new("/", "/", false)];
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("unibench-scripts-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Test]
    public void The_interpreter_gets_its_argument_the_script_and_what_the_script_was_given()
    {
        string script = Write("s", "#! /bin/sh  -e -x \necho\n");
        ProcessSpec stage = ScriptFile.Interpret(new ProcessSpec(script, ["./s", "a", "b"]), Everything);
        Assert.That(stage.Path, Is.EqualTo("/bin/sh"));
        Assert.That(stage.Arguments, Is.EqualTo(new[] { "/bin/sh", "-e -x", script, "a", "b" }));
    }

    [Test]
    public void A_script_may_interpret_a_script()
    {
        string inner = Write("inner", "#!/bin/sh\n"), outer = Write("outer", $"#!{inner}\n");
        Assert.That(ScriptFile.Interpret(new ProcessSpec(outer, ["outer", "a"]), Everything).Arguments, Is.EqualTo(new[] { "/bin/sh", inner, outer, "a" }));
    }

    [Test]
    public void What_is_no_script_stays_as_it_is()
    {
        ProcessSpec program = new("/proc/self/exe", ["x"]), missing = new(Path.Combine(folder, "missing"), ["x"]);
        Assert.That(ScriptFile.Interpret(program, []), Is.SameAs(program));
        Assert.That(ScriptFile.Interpret(missing, []), Is.SameAs(missing));
    }

    [Test]
    public void One_that_its_interpreter_could_not_read_is_refused_and_one_that_interprets_itself() => Assert.Multiple(() =>
    {
        string script = Write("s", "#!/bin/sh\n"), self = Path.Combine(folder, "self");
        Write("self", $"#!{self}\n");
        Assert.That(() => ScriptFile.Interpret(new ProcessSpec(script, ["s"]), []), Throws.TypeOf<LaunchException>().With.Message.Contains("--root /"));
        Assert.That(() => ScriptFile.Interpret(new ProcessSpec(self, ["self"]), Everything), Throws.TypeOf<LaunchException>().With.Message.Contains("times"));
        Assert.That(() => ScriptFile.Interpret(new ProcessSpec(Write("n", "#!sh\n"), ["n"]), Everything), Throws.TypeOf<LaunchException>().With.Message.Contains("interpreter"));
    });
}
