using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Tests.Cli;
using UniBench.Workbench.Scripting;
using UniBench.Workloads;

namespace UniBench.Tests.Scripting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DeclarationTests : IDisposable
{
    private readonly Scripts scripts = new();

    public void Dispose() => scripts.Dispose();

    [Test]
    public void A_sweep_is_every_combination_in_the_order_of_declaration()
    {
        ScenarioPlan plan = scripts.Read("a.csx", """
            var n = Param("n", 1, "2k"); var mode = Param("mode", "fast", "slow");
            Case("a", [n, mode], p => Program("true", p[n], p[mode], p.Number(n) * 2)).Metric("wall_ms", "ms", Lower);
            """);
        Assert.That(plan.Points.Select(p => p.Workload.ToString()), Is.EqualTo(new[] { "true 1 fast 2", "true 1 slow 2", "true 2048 fast 4096", "true 2048 slow 4096" }));
    }

    [Test]
    public void Points_can_be_left_out()
    {
        ScenarioPlan plan = scripts.Read("a.csx", """
            var n = Param("n", 1, 2, 3);
            Case("a", [n], p => Program("true", p[n])).Where(p => p.Number(n) != 2).Metric("wall_ms", "ms", Lower);
            """);
        Assert.That(plan.Points.Select(p => p.Values["n"]), Is.EqualTo(new[] { "1", "3" }));
    }

    [Test]
    public void A_pipeline_reads_like_one()
    {
        ScenarioPlan plan = scripts.Read("a.csx", """
            Case("a", Program("true", "x") | Program("true").Args("y", 1.5) | Program("true")).Metric("wall_ms", "ms", Lower);
            """);
        Assert.That(plan.Points.Single().Workload.ToString(), Is.EqualTo("true x | true y 1.5 | true"));
        Assert.That(plan.Points.Single().Workload.Stages, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_scenario_may_be_any_program()
    {
        ScenarioPlan plan = scripts.Read("a.csx", """
            for (int i = 1; i <= 3; i++)
            {
                Case($"case{i}", Program("true", Enumerable.Repeat("x", i).ToArray())).Metric("wall_ms", "ms", Lower);
            }
            """);
        Assert.That(plan.Points.Select(p => p.Workload.ToString()), Is.EqualTo(new[] { "true x", "true x x", "true x x x" }));
    }

    [Test]
    public void What_a_case_says_is_kept()
    {
        CaseDeclaration declared = scripts.Read("a.csx", """
            Case("a", Program("true")).Metric("rate", "MB/s", Higher).Backends("process").Placements(Same, Cross)
                .Timeout("500ms").Memory("64m").Env("A", "b").Expect(3).Mount("/tmp", "/t", writable: true);
            """).Points.Single().Declaration;
        Assert.Multiple(() =>
        {
            Assert.That(declared.Metrics, Is.EqualTo(new[] { new MetricSpec("rate", "MB/s", Better.Higher) }));
            Assert.That(declared.BackendList, Is.EqualTo(new[] { "process" }));
            Assert.That(declared.PlacementList, Is.EqualTo(new[] { Placement.Same, Placement.Cross }));
            Assert.That(declared.TimeLimit, Is.EqualTo(TimeSpan.FromMilliseconds(500)));
            Assert.That(declared.MemoryBytes, Is.EqualTo(64 << 20));
            Assert.That(declared.Environment, Is.EqualTo(new[] { "A=b" }));
            Assert.That(declared.Expected.End.Code, Is.EqualTo(3));
            Assert.That(declared.Mounts.Single().Writable, Is.True);
        });
    }

    [Test]
    public void A_case_may_start_in_a_directory_beneath_a_root_and_compare_outputs()
    {
        CaseDeclaration declared = scripts.Read("a.csx", """
            Case("a", Program("true")).Metric("wall_ms", "ms", Lower).Root("/usr").Directory("/share").SameOutput();
            """).Points.Single().Declaration;
        Assert.That(declared.Mounts, Is.EqualTo(new[] { new Mount("/usr", "/", false) }));
        Assert.That(declared.WorkingDirectory, Is.EqualTo("/share"));
        Assert.That(declared.ComparesOutput, Is.True);
    }

    [TestCase("files", false)]
    [TestCase("files, writable: true", true)]
    public void A_case_in_a_scratch_directory_starts_there_at_the_same_path_as_on_the_host(string arguments, bool writable)
    {
        CaseDeclaration declared = scripts.Read("a.csx", $"""
            var files = Scratch().Text("a", "b");
            Case("a", Program("true")).Metric("wall_ms", "ms", Lower).In({arguments});
            """).Points.Single().Declaration;
        Mount mount = declared.Mounts.Single();
        Assert.That(mount, Is.EqualTo(new Mount(mount.HostPath, mount.HostPath, writable)));
        Assert.That(declared.WorkingDirectory, Is.EqualTo(mount.HostPath));
        Assert.That(declared.Changed, Has.Count.EqualTo(writable ? 1 : 0), "only what may change is made anew for each launch");
        Assert.That(Path.Exists(mount.HostPath), Is.False, "reading a scenario makes nothing");
    }

    [Test]
    public void Numbers_are_written_with_a_point_in_every_culture()
    {
        using DecimalComma comma = new();
        ScenarioPlan plan = scripts.Read("a.csx", "var n = Param(\"n\", 1.5); Case(\"a\", [n], p => Program(\"true\", p[n], 2.5)).Metric(\"wall_ms\", \"ms\", Lower);");
        Assert.That(plan.Points.Single().Workload.ToString(), Is.EqualTo("true 1.5 2.5"));
    }

    [Test]
    public void A_script_that_has_declared_is_unloaded()
    {
        WeakReference[] contexts = ReadOnce(scripts, out ScenarioPlan plan);
        for (int i = 0; i < 20 && contexts.Any(c => c.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(contexts.Select(c => c.IsAlive), Has.All.False);
        Assert.That(plan.Points.Single().Workload.ToString(), Is.EqualTo("true 1"), "the plan outlives its script");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] ReadOnce(Scripts scripts, out ScenarioPlan plan)
    {
        plan = scripts.Read("unloaded.csx", "var n = Param(\"n\", 1); Case(\"a\", [n], p => Program(\"true\", p[n])).Metric(\"wall_ms\", \"ms\", Lower);");
        WeakReference[] contexts = [.. AssemblyLoadContext.All.OfType<ScriptAssembly>().Where(c => c.Name == "unloaded.csx").Select(c => new WeakReference(c))];
        return contexts;
    }
}
