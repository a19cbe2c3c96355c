using UniBench.Workloads;

namespace UniBench.Monitor.Files;

/// <summary>A directory that only this family sees and may write to, empty at first: /dev/shm, where shm_open(3) and sem_open(3) keep their files, and /tmp of a family without a root.</summary>
internal sealed class PrivateFiles : IDisposable
{
    private readonly FamilyDirectory directory = new();

    /// <param name="mountPoints">Of the family; those that lie here get a directory, so that paths lead to them.</param>
    public PrivateFiles(string guestPath, IEnumerable<string> mountPoints)
    {
        foreach (string point in mountPoints.Where(p => p.Length > guestPath.Length && Covers(guestPath, p)))
        {
            directory.Add(point[guestPath.Length..]);
        }

        Mount = MountPoint.Open(new Mount(directory.Path, guestPath, true));
    }

    public MountPoint Mount { get; }

    public static bool Covers(string guestPath, string path) =>
        path.StartsWith(guestPath, StringComparison.Ordinal) && (path.Length == guestPath.Length || path[guestPath.Length] == '/');

    public void Dispose()
    {
        Mount.Dispose();
        directory.Dispose();
    }
}
