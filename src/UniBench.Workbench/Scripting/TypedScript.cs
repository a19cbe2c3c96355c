using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Scripting.Hosting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;

namespace UniBench.Workbench.Scripting;

/// <summary>Evaluates what is typed, one submission after another; each sees what earlier ones declared.</summary>
internal sealed class TypedScript(TypedScenario scenario)
{
    private static readonly CSharpParseOptions Parsing = new(kind: SourceCodeKind.Script);
    private readonly ScriptOptions options = ScenarioCompiler.Options(scenario.ScriptFile).WithFilePath("").WithEmitDebugInformation(false);
    private ScriptState<object>? state;

    /// <summary>Whether more lines have to follow: an open brace, a string or an expression without its end.</summary>
    public static bool IsComplete(string text) => SyntaxFactory.IsCompleteSubmission(CSharpSyntaxTree.ParseText(text, Parsing));

    /// <returns>The value of an expression as C# would write it; null when there is none.</returns>
    /// <exception cref="ScenarioException">It does not compile, or threw.</exception>
    public string? Evaluate(string text)
    {
        try
        {
            state = (state is null
                ? CSharpScript.RunAsync<object>(text, options, scenario, typeof(TypedScenario))
                : state.ContinueWithAsync<object>(text)).GetAwaiter().GetResult();
            return state.ReturnValue is null or CaseDeclaration ? null : CSharpObjectFormatter.Instance.FormatObject(state.ReturnValue);
        }
        catch (CompilationErrorException e)
        {
            throw new ScenarioException(string.Join('\n', e.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(ScenarioCompiler.Describe)), e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new ScenarioException(e is ScenarioException or UsageException ? e.Message : $"{e.GetType().Name}: {e.Message}", e);
        }
    }

    /// <summary>Names that may stand at the end of the text in place of its last word, those of the vocabulary first.</summary>
    /// <param name="before">Text before the word.</param>
    /// <param name="word">What is typed of it, possibly nothing.</param>
    public IReadOnlyList<string> Complete(string before, string word)
    {
        // A whole name is put there so that the parser sees one, whatever is typed of it.
        string text = before + "completed";
        Script<object> script = state is null
            ? CSharpScript.Create<object>(text, options, typeof(TypedScenario))
            : state.Script.ContinueWith<object>(text);
        Compilation compilation = script.GetCompilation();
        SyntaxTree tree = compilation.SyntaxTrees.Last();
        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxNode? name = tree.GetRoot().FindToken(before.Length).Parent;
        ISymbol[] found = name?.Parent is MemberAccessExpressionSyntax access && access.Name == name
            ? Members(model, access.Expression, before.Length)
            : [.. model.LookupSymbols(before.Length), .. Vocabulary(compilation)];
        HashSet<string> vocabulary = [.. Vocabulary(compilation).Select(s => s.Name)];
        return
        [
            .. found.Where(s => s.CanBeReferencedByName && !s.IsImplicitlyDeclared && s.ContainingType?.SpecialType != SpecialType.System_Object)
                .Select(s => s.Name)
                .Where(n => n.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Distinct()
                .OrderByDescending(n => name?.Parent is not MemberAccessExpressionSyntax && vocabulary.Contains(n))
                .ThenBy(n => n, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private static ISymbol[] Members(SemanticModel model, ExpressionSyntax of, int position)
    {
        if (model.GetSymbolInfo(of).Symbol is INamespaceOrTypeSymbol container)
        {
            return [.. model.LookupSymbols(position, container).Where(s => s is INamespaceOrTypeSymbol || s.IsStatic)];
        }

        return model.GetTypeInfo(of).Type is { } type
            ? [.. model.LookupSymbols(position, type, includeReducedExtensionMethods: true).Where(s => s is not INamespaceOrTypeSymbol && !s.IsStatic)]
            : [];
    }

    /// <summary>Members of the object that the text is run against; a lookup does not always see them.</summary>
    private static IEnumerable<ISymbol> Vocabulary(Compilation compilation)
    {
        for (INamedTypeSymbol? type = compilation.GetTypeByMetadataName(typeof(TypedScenario).FullName!); type is not null && type.SpecialType != SpecialType.System_Object; type = type.BaseType)
        {
            foreach (ISymbol member in type.GetMembers().Where(m => m.DeclaredAccessibility == Accessibility.Public && m is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }))
            {
                yield return member;
            }
        }
    }
}
