using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using UniBench.Measure;
using UniBench.Reports;
using UniBench.Tests.Conformance;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

/// <summary>The workbench as a program of others uses it: the code in docs/library.md, a program of its own, so that it sees what is public and nothing else.</summary>
internal sealed partial class LibraryTests
{
    [Test]
    public void The_program_in_the_documentation_compiles_and_measures()
    {
        using FreshDirectory folder = new();
        string code = Code().Match(File.ReadAllText(Path.Combine(ConformancePrograms.Repository, "docs", "library.md"))).Groups[1].Value;
        string own = code.Replace(", \"greeting\")", $", \"{folder.Path}/greeting\")", StringComparison.Ordinal);
        Assert.That(own, Is.Not.EqualTo(code), "it writes to a directory that is the test's");
        string printed = Run(own);
        RunResults results = ResultsFile.Load(Path.Combine(folder.Path, "greeting", ResultsFile.Name));
        Assert.Multiple(() =>
        {
            Assert.That(printed, Does.Match("^greeting/nothing/process/free: [0-9.]+ ms\n$"));
            Assert.That(results.Cases.Single().Summary!.N, Is.EqualTo(8));
            Assert.That(results.Rounds, Has.Count.EqualTo(9));
            Assert.That(File.Exists(Path.Combine(folder.Path, "greeting", ReportWriter.HtmlName)), Is.True);
        });
    }

    private static string Run(string code)
    {
        CSharpCompilation program = CSharpCompilation.Create(
            "SomebodysProgram",
            [CSharpSyntaxTree.ParseText(code)],
            ScenarioCompiler.Platform.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));
        using MemoryStream assembly = new();
        Assert.That(program.Emit(assembly).Diagnostics, Is.Empty);
        MethodInfo main = Assembly.Load(assembly.ToArray()).EntryPoint!;
        TextWriter before = Console.Out;
        using StringWriter printed = new();
        Console.SetOut(printed);
        try
        {
            main.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(before);
        }

        return printed.ToString();
    }

    [GeneratedRegex("```csharp\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
