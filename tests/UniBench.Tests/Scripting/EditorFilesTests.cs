using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using NUnit.Framework;
using UniBench.Cli;
using UniBench.Tests.Cli;
using UniBench.Tests.Conformance;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

/// <summary>What `unibench editor` writes, used as OmniSharp uses it: references and imports of the response file, its own globals, no others.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EditorFilesTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    private static IEnumerable<string> Shipped() => Directory.EnumerateFiles(Path.Combine(ConformancePrograms.Repository, "scenarios"), "*.csx").Select(f => Path.GetFileName(f)!);

    [TestCaseSource(nameof(Shipped))]
    public void A_shipped_scenario_has_no_error_in_an_editor(string name)
    {
        Compilation seen = AsAnEditor(Path.Combine(ConformancePrograms.Repository, "scenarios", name));
        Assert.That(seen.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
    }

    [Test]
    public void The_vocabulary_is_offered_with_its_documentation()
    {
        Compilation seen = AsAnEditor(session.Script("var x = 1;"));
        SemanticModel model = seen.GetSemanticModel(seen.SyntaxTrees.Single());
        string[] names = [.. model.LookupSymbols(0).Select(s => s.Name).Distinct()];
        string[] vocabulary = [.. typeof(Scenario).GetMembers().Where(m => m.DeclaringType == typeof(Scenario) && m is System.Reflection.MethodInfo { IsSpecialName: false } or System.Reflection.PropertyInfo).Select(m => m.Name).Distinct()];
        Assert.That(names, Is.SupersetOf(vocabulary).And.SupersetOf(new[] { "Lower", "Same", "Cross", "Kill" }));
        string[] documented = [.. model.LookupSymbols(0, name: "Case").Select(s => s.GetDocumentationCommentXml() ?? "")];
        Assert.That(documented, Is.Not.Empty.And.All.Contains("<summary>"));
    }

    [Test]
    public void What_a_declaration_returns_has_its_members()
    {
        Compilation seen = AsAnEditor(session.Script("Case(\"a\", Program(\"true\")).Metric(\"wall_ms\", \"ms\", Lower);"));
        SyntaxTree tree = seen.SyntaxTrees.Single();
        MemberAccessExpressionSyntax access = tree.GetRoot().DescendantNodes().OfType<MemberAccessExpressionSyntax>().First();
        SemanticModel model = seen.GetSemanticModel(tree);
        Assert.That(model.LookupSymbols(access.Name.SpanStart, model.GetTypeInfo(access.Expression).Type).Select(s => s.Name), Does.Contain("Placements").And.Contain("Expect").And.Contain("SameOutput"));
    }

    [Test]
    public void A_typing_error_is_seen()
    {
        Compilation seen = AsAnEditor(session.Script("Case(\"a\", Progam(\"true\"));"));
        Assert.That(seen.GetDiagnostics().Single(d => d.Severity == DiagnosticSeverity.Error).GetMessage(), Does.Contain("Progam"));
    }

    [Test]
    public void Calling_it_again_renews_its_own_files()
    {
        Assert.That(session.Call("editor", session.Folder), Is.Zero, session.Errors);
        Assert.That(session.Call("editor", session.Folder), Is.Zero, session.Errors);
        Assert.That(session.Out, Does.Contain("omnisharp.json\n").And.Contain("scenario.rsp\n"));
    }

    [Test]
    public void Settings_of_another_origin_are_left_alone()
    {
        string settings = session.Script("{}", EditorFiles.Settings);
        Assert.That(session.Call("editor", session.Folder), Is.EqualTo(ExitCodes.Usage));
        Assert.That(session.Errors, Does.Contain("not UniBench's"));
        Assert.That(File.ReadAllText(settings), Is.EqualTo("{}"));
    }

    private CSharpCompilation AsAnEditor(string script)
    {
        Assert.That(session.Call("editor", session.Folder), Is.Zero, session.Errors);
        string response = Path.Combine(session.Folder, ".unibench", "editor", "scenario.rsp");
        CSharpCommandLineArguments arguments = CSharpCommandLineParser.Script.Parse([$"@{response}"], session.Folder, sdkDirectory: null);
        Assert.That(arguments.Errors, Is.Empty);
        MetadataReference[] references =
        [
            .. arguments.MetadataReferences.Select(r => MetadataReference.CreateFromFile(r.Reference, documentation: new XmlFile(Path.ChangeExtension(r.Reference, ".xml")))),
            MetadataReference.CreateFromFile(typeof(CommandLineScriptGlobals).Assembly.Location),
        ];
        CSharpParseOptions parsing = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script);
        return CSharpCompilation.CreateScriptCompilation(
            "editor",
            CSharpSyntaxTree.ParseText(File.ReadAllText(script), parsing, script),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: arguments.CompilationOptions.Usings, sourceReferenceResolver: ScriptSourceResolver.Default),
            globalsType: typeof(CommandLineScriptGlobals));
    }

    /// <summary>The documentation file beside an assembly.</summary>
    private sealed class XmlFile(string path) : DocumentationProvider
    {
        private readonly Dictionary<string, string> members = !File.Exists(path) ? []
            : System.Xml.Linq.XDocument.Load(path).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, m => m.ToString());

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => path.GetHashCode(StringComparison.Ordinal);

        protected override string GetDocumentationForSymbol(string documentationMemberID, System.Globalization.CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
            members.GetValueOrDefault(documentationMemberID, "");
    }
}
