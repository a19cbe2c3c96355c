using UniBench.Workbench.Running;
using UniBench.Workbench.Scripting;

namespace UniBench.Tests.Scripting;

/// <summary>A directory of scripts, read with the parameters and arguments that a test gives.</summary>
internal sealed class Scripts : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("unibench-scripts-").FullName;

    public string Write(string name, string code)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, code);
        return path;
    }

    public static ScenarioPlan Read(string path, params string[] parameters) =>
        new ScenarioReader(ProgramCatalog.Shipped(), new ParameterOverrides(parameters), [], cache: null).Read(path, CancellationToken.None);

    /// <summary>Reads a script of this text.</summary>
    public ScenarioPlan Read(string name, string code) => Read(Write(name, code));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
