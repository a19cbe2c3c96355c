namespace UniBench.Monitor.Files;

/// <summary>The root of a family that was granted none: empty directories, one for every mount point, so that paths to them resolve and list.</summary>
internal sealed class Skeleton : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("unibench-root-").FullName;

    public Skeleton(IReadOnlyList<string> mountPoints)
    {
        foreach (string path in (string[])[.. mountPoints, "/dev", "/proc", "/tmp"])
        {
            Directory.CreateDirectory(directory + PathText.ToHost(path));
        }

        Mount = MountPoint.Open(new Mount(directory, "/", false));
    }

    public MountPoint Mount { get; }

    public void Dispose()
    {
        Mount.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
