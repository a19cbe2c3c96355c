using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DirectiveTests : IDisposable
{
    private const string Fine = "Case(name, Program(\"true\")).Metric(\"wall_ms\", \"ms\", Lower);";
    private readonly Scripts scripts = new();

    public void Dispose() => scripts.Dispose();

    [Test]
    public void A_first_line_for_the_shell_is_accepted() =>
        Assert.That(scripts.Read("a.csx", "#!/usr/bin/env -S unibench run\nvar name = \"x\";\n" + Fine).Points.Single().Declaration.Name, Is.EqualTo("x"));

    [Test]
    public void Loaded_files_are_found_beside_the_file_that_loads_them()
    {
        scripts.Write("sub/inner.csx", "var name = \"from-inner\";");
        scripts.Write("sub/outer.csx", "#load \"inner.csx\"\n");
        Assert.That(scripts.Read("a.csx", "#load \"sub/outer.csx\"\n" + Fine).Points.Single().Declaration.Name, Is.EqualTo("from-inner"));
    }

    [Test]
    public void A_loaded_file_that_is_missing_is_an_error_at_its_place() =>
        Assert.That(() => scripts.Read("a.csx", "\n#load \"missing.csx\"\n"), Throws.InstanceOf<ScenarioException>().With.Message.Match(@"a\.csx\(2,\d+\): error CS1504"));

    [Test]
    public void The_hash_covers_what_is_loaded()
    {
        scripts.Write("part.csx", "var name = \"x\";");
        string before = scripts.Read("a.csx", "#load \"part.csx\"\n" + Fine).Sha256;
        Assert.That(scripts.Read("a.csx", "#load \"part.csx\"\n" + Fine).Sha256, Is.EqualTo(before));
        scripts.Write("part.csx", "var name = \"y\";");
        Assert.That(scripts.Read("a.csx", "#load \"part.csx\"\n" + Fine).Sha256, Is.Not.EqualTo(before));
    }

    [Test]
    public void An_assembly_is_referenced_by_a_path_beside_the_script()
    {
        CSharpCompilation library = CSharpCompilation.Create(
            "Names",
            [CSharpSyntaxTree.ParseText("namespace Names; public static class Sizes { public static string Name => \"from-library\"; }")],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.That(library.Emit(Path.Combine(scripts.Folder, "Names.dll")).Success);
        Assert.That(scripts.Read("a.csx", "#r \"Names.dll\"\nvar name = Names.Sizes.Name;\n" + Fine).Points.Single().Declaration.Name, Is.EqualTo("from-library"));
    }

    [Test]
    public void Packages_are_refused_with_the_reason_at_their_place() =>
        Assert.That(
            () => scripts.Read("a.csx", "\n#r \"nuget: Newtonsoft.Json, 13.0.1\"\n"),
            Throws.InstanceOf<ScenarioException>().With.Message.Match(@"a\.csx\(2,\d+\): error: .*nuget.*not supported"));

    [Test]
    public void Awaiting_at_the_top_level_works() =>
        Assert.That(scripts.Read("a.csx", "var name = await System.Threading.Tasks.Task.FromResult(\"later\");\n" + Fine).Points.Single().Declaration.Name, Is.EqualTo("later"));
}
