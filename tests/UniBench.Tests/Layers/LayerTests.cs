using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using UniBench.Backends;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Layers;

/// <summary>The table of layers in docs/architecture.md, held against the project files.</summary>
internal sealed partial class LayerTests
{
    private static readonly string Sources = Path.Combine(ConformancePrograms.Repository, "src");

    /// <summary>Rows of the table, top first: a project, and those that it may reference.</summary>
    private static readonly IReadOnlyList<(string Project, string[] References)> Layers = ReadLayers();

    private static IEnumerable<string> Projects => Directory.GetFiles(ConformancePrograms.Repository, "*.csproj", SearchOption.AllDirectories);

    [Test]
    public void Every_project_of_the_product_is_a_layer_and_every_layer_a_project() =>
        Assert.That(Layers.Select(l => l.Project), Is.EquivalentTo(Directory.GetDirectories(Sources).Select(Path.GetFileName)));

    [Test]
    public void Layers_reference_only_what_is_below_them()
    {
        List<string> below = [.. Layers.Select(l => l.Project)];
        foreach ((string project, string[] references) in Layers)
        {
            below.Remove(project);
            Assert.That(references, Is.SubsetOf(below), project);
        }
    }

    [TestCaseSource(nameof(LayerNames))]
    public void A_project_references_what_its_layer_may_and_nothing_else(string project)
    {
        XDocument file = XDocument.Load(Path.Combine(Sources, project, $"{project}.csproj"));
        IEnumerable<string?> references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
        Assert.That(references, Is.EquivalentTo(Layers.Single(l => l.Project == project).References));
    }

    [Test]
    public void What_a_reference_references_is_not_referenced()
    {
        // Without that a project could use what its own file does not name.
        XElement[] settings = [.. BuildFiles().SelectMany(f => XDocument.Load(f).Descendants("DisableTransitiveProjectReferences"))];
        Assert.That(settings.Select(s => s.Value), Is.EqualTo((string[])["true"]));
    }

    [Test]
    public void Only_the_host_and_KVM_layers_allow_unsafe_code()
    {
        IEnumerable<string?> unsafeFiles = BuildFiles().Where(f => XDocument.Load(f).Descendants("AllowUnsafeBlocks").Any()).Select(Path.GetFileName);
        Assert.That(unsafeFiles, Is.EquivalentTo((string[])["UniBench.Host.csproj", "UniBench.Kvm.csproj"]));
    }

    [Test]
    public void Of_the_backends_only_those_on_the_engine_name_it()
    {
        IEnumerable<string?> naming = Directory.GetFiles(Path.Combine(Sources, "UniBench.Backends"), "*.cs").Where(f => Engine().IsMatch(File.ReadAllText(f))).Select(Path.GetFileName);
        Assert.That(naming, Is.EquivalentTo((string[])["EngineBackend.cs", "EnginePlatform.cs"]));
    }

    [Test]
    public void Of_the_commands_only_the_doctor_names_engine_and_KVM()
    {
        string program = Path.Combine(Sources, "UniBench.Cli");
        IEnumerable<string> naming = Directory.GetFiles(program, "*.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(program, f))
            .Where(f => !f.StartsWith("obj/", StringComparison.Ordinal) && Engine().IsMatch(File.ReadAllText(Path.Combine(program, f))));
        Assert.That(naming, Is.EquivalentTo((string[])["Host/KvmChecks.cs"]));
    }

    [TestCase("UniBench.Measure")]
    [TestCase("UniBench.Reports")]
    public void What_measures_and_what_reports_names_no_backend(string project)
    {
        string[] names = [.. BackendRegistry.Names.Select(n => $"\"{n}\"")];
        IEnumerable<string> naming = Directory.GetFiles(Path.Combine(Sources, project), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .Where(f => names.Any(File.ReadAllText(f).Contains));
        Assert.That(naming, Is.Empty);
    }

    private static IEnumerable<string> LayerNames() => Layers.Select(l => l.Project);

    private static IEnumerable<string> BuildFiles() => [.. Projects, .. Directory.GetFiles(ConformancePrograms.Repository, "Directory.*.*")];

    private static List<(string Project, string[] References)> ReadLayers()
    {
        string table = Path.Combine(ConformancePrograms.Repository, "docs", "architecture.md");
        List<string[]> rows = [.. File.ReadLines(table).Where(l => l.StartsWith("| `UniBench.", StringComparison.Ordinal)).Select(l => l.Split('|', StringSplitOptions.TrimEntries))];
        List<string> projects = [.. rows.Select(cells => Name().Match(cells[1]).Value)];
        return [.. rows.Select((cells, i) => (projects[i], cells[3].StartsWith("all below", StringComparison.Ordinal)
            ? projects[(i + 1)..].ToArray()
            : [.. Name().Matches(cells[3]).Select(m => m.Value)]))];
    }

    [GeneratedRegex(@"UniBench\.\w+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\bUniBench\.(Monitor|Kvm|Sandbox)\b|(?<!\.)\b(Monitor|Kvm|Sandbox)\.[A-Z]")]
    private static partial Regex Engine();
}
