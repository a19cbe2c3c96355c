using NUnit.Framework;
using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ScenarioCacheTests : IDisposable
{
    private const string Code = """Case("a", Program("true")).Expect(0);""";
    private readonly Scripts scripts = new();
    private int compiled;

    private string Folder => Path.Combine(scripts.Folder, "cache");

    public void Dispose() => scripts.Dispose();

    [Test]
    public void An_unchanged_script_is_compiled_once()
    {
        string path = scripts.Write("a.csx", Code);
        CompiledScenario first = Get(path);
        CompiledScenario second = Get(path);
        Assert.That(compiled, Is.EqualTo(1));
        Assert.That(second.Sha256, Is.EqualTo(first.Sha256));
        Assert.That(second.Code, Is.EqualTo(first.Code));
    }

    [Test]
    public void A_changed_script_or_a_changed_file_that_it_loads_is_compiled_again()
    {
        scripts.Write("_b.csx", """string Name() => "a";""");
        string path = scripts.Write("a.csx", """
            #load "_b.csx"
            Case(Name(), Program("true")).Expect(0);
            """);
        string before = Get(path).Sha256;
        scripts.Write("_b.csx", """string Name() => "b";""");
        Assert.That(Get(path).Sha256, Is.Not.EqualTo(before));
        File.AppendAllText(path, "\n// changed");
        Get(path);
        Assert.That(compiled, Is.EqualTo(3));
    }

    [TestCase("manifest.json")]
    [TestCase("code.dll")]
    [TestCase("code.pdb")]
    public void A_damaged_entry_is_made_again(string file)
    {
        string path = scripts.Write("a.csx", Code);
        Get(path);
        string damaged = Directory.GetFiles(Folder, file, SearchOption.AllDirectories).Single();
        File.WriteAllBytes(damaged, [1, 2, 3]);
        Get(path);
        Assert.That(compiled, Is.EqualTo(2));
        Get(path);
        Assert.That(compiled, Is.EqualTo(2));
    }

    [Test]
    public void A_cache_that_cannot_be_written_is_no_cache_and_no_error()
    {
        string path = scripts.Write("a.csx", Code);
        File.WriteAllText(Folder, "a file, where the directory should be");
        Assert.That(Get(path).Code, Is.Not.Empty);
        Assert.That(Get(path).Code, Is.Not.Empty);
        Assert.That(compiled, Is.EqualTo(2));
    }

    [Test]
    public void Several_callers_at_once_all_get_a_whole_entry()
    {
        string path = scripts.Write("a.csx", Code);
        CompiledScenario made = ScenarioCompiler.Compile(path);
        Parallel.For(0, 64, _ => Assert.That(new ScenarioCache(Folder).Get(path, () => made).Code, Is.EqualTo(made.Code)));
        Assert.That(Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)), Has.None.StartsWith(".").And.Exactly(1).Items);
    }

    [Test]
    public void Errors_of_a_cached_script_have_their_lines()
    {
        string path = scripts.Write("a.csx", "int zero = 0;\nint x = 1 / zero;");
        for (int i = 0; i < 2; i++)
        {
            Assert.That(() => Read(path), Throws.TypeOf<ScenarioException>().With.Message.StartsWith($"{path}(2,9): error: DivideByZeroException"));
        }

        Assert.That(Directory.GetFiles(Folder, "code.dll", SearchOption.AllDirectories), Has.Exactly(1).Items);
    }

    [Test]
    public void Two_hundred_runs_leave_no_assembly_behind()
    {
        string path = scripts.Write("a.csx", Code);
        Read(path);
        int before = Loaded();
        for (int i = 0; i < 200; i++)
        {
            Read(path);
        }

        for (int i = 0; i < 20 && Loaded() > before; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(Loaded(), Is.LessThanOrEqualTo(before + 1));
    }

    private static int Loaded() => AppDomain.CurrentDomain.GetAssemblies().Length;

    private CompiledScenario Get(string path) => new ScenarioCache(Folder).Get(path, () =>
    {
        compiled++;
        return ScenarioCompiler.Compile(path);
    });

    private void Read(string path) => new ScenarioReader(ProgramCatalog.Shipped(), new ParameterOverrides([]), [], new ScenarioCache(Folder)).Read(path, CancellationToken.None);
}
