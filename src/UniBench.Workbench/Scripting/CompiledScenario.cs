using System.Reflection;

namespace UniBench.Workbench.Scripting;

/// <summary>A script as an assembly, with what it was made from.</summary>
/// <param name="Sha256">Of the script and all files it loads.</param>
/// <param name="EntryType">Metadata name of the class that the script became.</param>
/// <param name="Inputs">Hash by full path of every file it was made from: the script, those of #load and of #r.</param>
/// <param name="References">Full paths of the assemblies of #r.</param>
internal sealed record CompiledScenario(
    string Sha256, string EntryType, IReadOnlyDictionary<string, string> Inputs, IReadOnlyList<string> References, byte[] Code, byte[] Symbols)
{
    /// <summary>Runs the script; what it declares is in the scenario afterwards.</summary>
    /// <param name="path">The script, for errors without a line.</param>
    /// <exception cref="ScenarioException">The script threw.</exception>
    public void Run(string path, Scenario scenario)
    {
        ScriptAssembly context = new(Path.GetFileName(path), References);
        try
        {
            using MemoryStream code = new(Code), symbols = new(Symbols);
            Type type = context.LoadFromStream(code, symbols).GetType(EntryType, throwOnError: true)!;
            MethodInfo factory = type.GetMethod("<Factory>", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                ?? throw new ScenarioException("the script has no factory");
            Task task = (Task)factory.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [new object?[] { scenario, null }], null)!;
            task.GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            throw ScriptError.Locate(e, path);
        }
        finally
        {
            context.Unload();
        }
    }
}
