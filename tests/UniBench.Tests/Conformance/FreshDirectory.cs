namespace UniBench.Tests.Conformance;

/// <summary>An empty directory for one run of a program.</summary>
internal sealed class FreshDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("unibench-conformance-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
