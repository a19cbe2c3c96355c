using UniBench.Workloads;

namespace UniBench.Tests.Backends;

/// <summary>A directory with one file, to be mounted; removed when disposed.</summary>
internal sealed class Granted : IDisposable
{
    public Granted(string name, string content) => File.WriteAllText(Path.Combine(Directory, name), content);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("unibench-granted-").FullName;

    public Mount AtOwnPath(bool writable = false) => new(Directory, Directory, writable);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
