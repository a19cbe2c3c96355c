using System.Text;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace UniBench.Workbench.Scripting;

/// <summary>
/// What an editor needs to complete scenarios. OmniSharp, which knows C# scripts, reads references and imports from a response file; it does not know
/// that UniBench gives a script its vocabulary as the members of a <see cref="Scenario"/>. So the same members are made static, in an assembly that only
/// the editor loads, with their documentation.
/// </summary>
internal static class EditorFiles
{
    public const string Settings = "omnisharp.json";
    private const string Folder = ".unibench/editor", Response = "scenario.rsp", Vocabulary = "UniBench.Vocabulary";

    private static readonly SymbolDisplayFormat Declaration = new(
        SymbolDisplayGlobalNamespaceStyle.Included,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeDefaultValue,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>Writes them for the scenarios in a directory.</summary>
    /// <returns>What was written.</returns>
    /// <exception cref="UsageException">The directory has settings of another origin, or cannot be written to.</exception>
    public static IReadOnlyList<string> Write(string directory)
    {
        string settings = Path.Combine(directory, Settings), folder = Path.Combine(directory, Folder), assembly = Path.Combine(folder, $"{Vocabulary}.dll");
        string wanted = $$"""
            {
              "script": { "enabled": true, "defaultTargetFramework": "net10.0", "rspFilePath": "{{Folder}}/{{Response}}" }
            }

            """;
        try
        {
            if (File.Exists(settings) && File.ReadAllText(settings) != wanted)
            {
                throw new UsageException($"{settings} is there and not UniBench's: move it away, or call this in another directory and set its script.rspFilePath to that \"{Folder}/{Response}\"");
            }

            Directory.CreateDirectory(folder);
            (byte[] code, byte[] documentation) = Compile();
            File.WriteAllBytes(assembly, code);
            File.WriteAllBytes(Path.ChangeExtension(assembly, ".xml"), documentation);
            File.WriteAllText(Path.Combine(folder, Response), ResponseFile(assembly));
            File.WriteAllText(settings, wanted);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(FileErrors.Text(e));
        }

        return [settings, .. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
    }

    private static string ResponseFile(string vocabulary)
    {
        // The framework, too: the editor's own may be older than the one UniBench was built for.
        IEnumerable<string> references = ScenarioCompiler.Platform.Value.OfType<PortableExecutableReference>().Select(r => r.FilePath!).Append(Path.GetFullPath(vocabulary));
        return string.Concat(references.Select(r => $"/r:\"{r}\"\n")) + string.Concat(ScenarioCompiler.Imports.Append(Vocabulary).Select(i => $"/u:{i}\n"));
    }

    private static (byte[] Code, byte[] Documentation) Compile()
    {
        MetadataReference[] references = ScenarioCompiler.Platform.Value;
        CSharpCompilation known = CSharpCompilation.Create("known", references: references);
        CSharpParseOptions parsing = new(documentationMode: DocumentationMode.Parse);
        CSharpCompilation vocabulary = CSharpCompilation.Create(
            Vocabulary,
            [CSharpSyntaxTree.ParseText(Source(known.GetTypeByMetadataName(typeof(Scenario).FullName!)!), parsing)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream code = new(), documentation = new();
        EmitResult result = vocabulary.Emit(code, xmlDocumentationStream: documentation);
        return result.Success
            ? (code.ToArray(), documentation.ToArray())
            : throw new InvalidOperationException($"the vocabulary does not compile: {string.Join("; ", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error))}");
    }

    /// <summary>Every public member of the scenario as a static one that is never called.</summary>
    private static string Source(INamedTypeSymbol scenario)
    {
        StringBuilder source = new($"/// <summary>The vocabulary of a UniBench scenario, for editors.</summary>\npublic static class {Vocabulary.Split('.')[1]}\n{{\n");
        Dictionary<string, string> documentation = Documentation();
        foreach (ISymbol member in scenario.GetMembers().Where(m => m.DeclaredAccessibility == Accessibility.Public && m is IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary }))
        {
            string text = documentation.GetValueOrDefault(member.GetDocumentationCommentId()!, "");
            foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                source.Append("    /// ").Append(line).Append('\n');
            }

            source.Append("    public static ").Append(member.ToDisplayString(Declaration)).Append(" => throw null!;\n");
        }

        return $"namespace {Vocabulary.Split('.')[0]}\n{{\n{source}}}\n}}\n";
    }

    /// <summary>What is inside of the summary and the like of each documented member, by id.</summary>
    private static Dictionary<string, string> Documentation() =>
        XDocument.Load(Path.ChangeExtension(typeof(Scenario).Assembly.Location, ".xml")).Descendants("member").ToDictionary(
            m => m.Attribute("name")!.Value,
            m => string.Concat(m.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting))));
}
