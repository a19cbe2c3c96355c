using System.Reflection;
using System.Runtime.Loader;

namespace UniBench.Workbench.Scripting;

/// <summary>Where a script's assembly lives: unloaded when the script has declared, so that reading scripts leaks nothing.</summary>
/// <param name="references">Files of the assemblies the script was compiled against, those of <c>#r</c> among them.</param>
internal sealed class ScriptAssembly(string name, IReadOnlyList<string> references) : AssemblyLoadContext(name, isCollectible: true)
{
    /// <summary>The tool's own assemblies come from the tool, so that their types are the same; others from the files of <c>#r</c>.</summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Default.Assemblies.Any(a => a.GetName().Name == assemblyName.Name))
        {
            return null;
        }

        string? file = references.FirstOrDefault(r => Path.GetFileNameWithoutExtension(r) == assemblyName.Name);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        bool own = file is null || Path.GetDirectoryName(file) is var folder && (folder == framework || folder == Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return own ? null : LoadFromAssemblyPath(file!);
    }
}
