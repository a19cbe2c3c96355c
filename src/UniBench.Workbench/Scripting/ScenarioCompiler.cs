using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;

namespace UniBench.Workbench.Scripting;

/// <summary>Compiles a .csx file into an assembly that runs against a <see cref="Scenario"/>.</summary>
internal static class ScenarioCompiler
{
    /// <summary>The framework and this program's own assemblies.</summary>
    internal static readonly Lazy<MetadataReference[]> Platform = new(PlatformReferences);

    /// <summary>Namespaces, and types as with `using static`.</summary>
    internal static readonly string[] Imports =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading.Tasks", "UniBench.Measure", "UniBench.Workbench.Scripting",
            "UniBench.Measure.Better", "UniBench.Workbench.Scripting.Placement", "UniBench.Workbench.Scripting.Fault"];

    /// <exception cref="ScenarioException">Compile errors, with file, line and column.</exception>
    public static CompiledScenario Compile(string path)
    {
        string full = Path.GetFullPath(path);
        string source;
        try
        {
            source = File.ReadAllText(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException($"{path}: {e.Message}", e);
        }

        Compilation compilation = CSharpScript.Create<object>(source, Options(full), typeof(Scenario)).GetCompilation();
        RefuseNuGet(compilation);
        using MemoryStream code = new(), symbols = new();
        EmitResult result = compilation.Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success)
        {
            string[] errors = [.. result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(Describe)];
            throw new ScenarioException(errors.Length > 0 ? string.Join('\n', errors) : $"{full}(1,1): error: the script is empty: it declares no case");
        }

        IMethodSymbol entry = compilation.GetEntryPoint(CancellationToken.None) ?? throw new ScenarioException("the script has no entry point");
        HashSet<string?> platform = [.. Platform.Value.OfType<PortableExecutableReference>().Select(r => r.FilePath)];
        string[] references = [.. compilation.References.OfType<PortableExecutableReference>().Select(r => r.FilePath).OfType<string>().Where(r => !platform.Contains(r))];
        Dictionary<string, string> inputs = compilation.SyntaxTrees.Select(t => t.FilePath).Concat(references).Distinct()
            .ToDictionary(f => f, f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))));
        return new CompiledScenario(Hash(compilation), entry.ContainingType.MetadataName, inputs, references, code.ToArray(), symbols.ToArray());
    }

    /// <summary>What scripts see, be they files or typed lines.</summary>
    public static ScriptOptions Options(string path)
    {
        string directory = Path.GetDirectoryName(path)!;
        return ScriptOptions.Default
            .WithFilePath(path)
            .WithFileEncoding(Encoding.UTF8)
            .WithEmitDebugInformation(true)
            .WithOptimizationLevel(OptimizationLevel.Debug) // it runs once, to declare: exact lines in errors are worth more than speed
            .WithAllowUnsafe(false)
            .WithImports(Imports)
            .WithReferences(Platform.Value)
            .WithSourceResolver(new SourceFileResolver([], directory))
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(directory).WithSearchPaths(directory));
    }

    private static MetadataReference[] PlatformReferences() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(p => Path.GetFileName(p) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Microsoft.CSharp.dll"
                    || name.StartsWith("UniBench.", StringComparison.Ordinal)))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private static void RefuseNuGet(Compilation compilation)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            foreach (ReferenceDirectiveTriviaSyntax reference in ((CompilationUnitSyntax)tree.GetRoot()).GetReferenceDirectives())
            {
                if (reference.File.ValueText.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
                {
                    FileLinePositionSpan at = reference.GetLocation().GetLineSpan();
                    throw new ScenarioException(
                        $"{at.Path}({at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1}): error: #r \"nuget: ...\" is not supported: " +
                        "a scenario has to give the same numbers tomorrow; build the package's assembly into a folder and #r its path");
                }
            }
        }
    }

    /// <summary><c>file(line,col): error CSnnnn: text</c>.</summary>
    public static string Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan at = diagnostic.Location.GetLineSpan();
        return $"{at.Path}({at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1}): error {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static string Hash(Compilation compilation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(tree.GetText().ToString()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
