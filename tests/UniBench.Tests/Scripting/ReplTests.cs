using NUnit.Framework;
using RadLine;
using UniBench.Cli.Repl;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReplTests : IDisposable
{
    private readonly StringWriter output = new();
    private readonly List<(int Cases, int Rounds)> runs = [];
    private readonly TypedScript session;

    public ReplTests()
    {
        RunOptions options = new() { Rounds = 5, Seed = 1, CommandLine = "" };
        session = new TypedScript(new TypedScenario(Path.GetFullPath("repl.csx"), ProgramCatalog.Shipped(), options, new Dictionary<string, string>(), output, (plan, rounds, _, _) => runs.Add((plan.Points.Count, rounds))));
    }

    public void Dispose() => output.Dispose();

    [TestCase("1 + 2", true)]
    [TestCase("1 +", false)]
    [TestCase("if (true) {", false)]
    [TestCase("if (true) {\n}", true)]
    [TestCase("nonsense (", false)]
    public void A_submission_is_complete_when_it_can_be_evaluated(string text, bool complete) => Assert.That(TypedScript.IsComplete(text), Is.EqualTo(complete));

    [Test]
    public void Values_are_shown_as_code_and_later_lines_see_earlier_ones()
    {
        Assert.That(session.Evaluate("var sizes = new[] { 1, 2 };"), Is.Null);
        Assert.That(session.Evaluate("sizes.Length + 40"), Is.EqualTo("42"));
        Assert.That(session.Evaluate("\"text\""), Is.EqualTo("\"text\""));
    }

    [Test]
    public void What_is_declared_is_planned_and_run_as_often_as_one_likes_and_forgotten()
    {
        Assert.That(session.Evaluate("""Case("a", [Param("size", 1, 2)], p => Program("true", p["size"])).Metric("wall_ms", "ms", Lower);"""), Is.Null);
        session.Evaluate("Plan()");
        Assert.That(output.ToString(), Does.Contain("repl/a{size=2}/unikernel/free"));
        session.Evaluate("""Run(3, keep: "/nowhere")""");
        session.Evaluate("""Case("b", Program("true")).Expect(0);""");
        session.Evaluate("""Run(rounds: 4, keep: "/nowhere")""");
        Assert.That(runs, Is.EqualTo(new[] { (2, 3), (3, 4) }));
        session.Evaluate("Forget()");
        Assert.That(() => session.Evaluate("Plan()"), Throws.TypeOf<ScenarioException>().With.Message.Contains("nothing is declared"));
        Assert.That(() => session.Evaluate("""Case("a", Program("true")).Expect(0);"""), Throws.Nothing);
    }

    [TestCase("nonsense", "(1,1): error CS0103")]
    [TestCase("throw new Exception(\"no\");", "Exception: no")]
    [TestCase("Case(\"no good\", null);", "no good")]
    [TestCase("Run(0)", "rounds are 1 or more")]
    public void An_error_is_said_and_the_session_goes_on(string text, string message)
    {
        Assert.That(() => session.Evaluate(text), Throws.TypeOf<ScenarioException>().With.Message.Contains(message));
        Assert.That(session.Evaluate("1"), Is.EqualTo("1"));
    }

    [TestCase("", "Pro", "Program")]
    [TestCase("", "Fo", "Forget")]
    [TestCase("var x = ", "Low", "Lower")]
    [TestCase("Program(\"true\").", "", "Args")]
    [TestCase("Case(\"a\", Program(\"true\")).", "Met", "Metric")]
    [TestCase("Math.", "Sq", "Sqrt")]
    [TestCase("seen.", "Len", "Length")]
    [TestCase("", "see", "seen")]
    public void Names_that_fit_are_offered(string before, string word, string expected)
    {
        session.Evaluate("var seen = \"text\";");
        Assert.That(session.Complete(before, word), Does.Contain(expected));
    }

    [Test]
    public void The_vocabulary_is_offered_before_what_else_fits() => Assert.That(session.Complete("", "Par")[0], Is.EqualTo("Param"));

    [TestCase("Par", 1, "Param")]
    [TestCase("var c = Case(\"a\", Program(\"true\")).Met", 1, "var c = Case(\"a\", Program(\"true\")).Metric")]
    [TestCase("Case(\"a\", Prog", 1, "Case(\"a\", Program")]
    [TestCase("Math.Sq", 2, "Math.Sqrt")]
    [TestCase("Xyz", 1, "Xyz")]
    public void Tab_completes_the_name_before_it_and_goes_on_to_the_next_one(string typed, int times, string expected)
    {
        LineEditorContext context = new(new LineBuffer(typed));
        CompleteCommand tab = new(session.Complete);
        for (int i = 0; i < times; i++)
        {
            tab.Execute(context);
        }

        Assert.That((context.Buffer.Content, context.Buffer.Position), Is.EqualTo((expected, expected.Length)));
    }

    [Test]
    public void Tab_goes_through_all_that_fits_and_begins_anew_where_something_else_was_typed()
    {
        LineEditorContext context = new(new LineBuffer("x"));
        CompleteCommand tab = new((before, word) => before.Length == 0 && word == "x" ? ["x1", "x2"] : []);
        string[] seen = [.. Enumerable.Range(0, 3).Select(_ =>
        {
            tab.Execute(context);
            return context.Buffer.Content;
        })];
        context.Buffer.Insert(".");
        context.Buffer.Move(3);
        tab.Execute(context);
        Assert.That(seen.Append(context.Buffer.Content), Is.EqualTo(new[] { "x1", "x2", "x1", "x1." }));
    }

    [Test]
    public void Names_that_do_not_fit_are_not_offered()
    {
        Assert.That(session.Complete("Math.", ""), Does.Contain("Sqrt").And.Not.Contain("Program").And.Not.Contain("ToString"));
        Assert.That(session.Complete("\"text\".", "Xyz"), Is.Empty);
    }
}
