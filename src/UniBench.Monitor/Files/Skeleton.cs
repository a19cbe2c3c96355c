using UniBench.Workloads;

namespace UniBench.Monitor.Files;

/// <summary>The root of a family that was granted none: empty directories, one for every mount point, so that paths to them resolve and list.</summary>
internal sealed class Skeleton : IDisposable
{
    private readonly FamilyDirectory directory = new();

    public Skeleton(IReadOnlyList<string> mountPoints)
    {
        foreach (string path in (string[])[.. mountPoints, "/dev", "/proc", "/tmp"])
        {
            directory.Add(path);
        }

        Mount = MountPoint.Open(new Mount(directory.Path, "/", false));
    }

    public MountPoint Mount { get; }

    public void Dispose()
    {
        Mount.Dispose();
        directory.Dispose();
    }
}
