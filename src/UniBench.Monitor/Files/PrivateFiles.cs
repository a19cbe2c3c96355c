namespace UniBench.Monitor.Files;

/// <summary>A directory that only this family sees and may write to, empty at first: /dev/shm, where shm_open(3) and sem_open(3) keep their files, and /tmp of a family without a root. It goes with the family.</summary>
internal sealed class PrivateFiles : IDisposable
{
    private const string InMemory = "/dev/shm";
    private readonly string directory;

    /// <param name="mountPoints">Of the family; those that lie here get a directory, so that paths lead to them.</param>
    public PrivateFiles(string guestPath, IEnumerable<string> mountPoints)
    {
        // In memory where the host has that; a temporary directory does as well.
        string host = Directory.Exists(InMemory) ? InMemory : Path.GetTempPath();
        directory = Path.Combine(host, $"unibench-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        foreach (string point in mountPoints.Where(p => p.Length > guestPath.Length && Covers(guestPath, p)))
        {
            Directory.CreateDirectory(directory + PathText.ToHost(point[guestPath.Length..]));
        }

        Mount = MountPoint.Open(new Mount(directory, guestPath, true));
    }

    public MountPoint Mount { get; }

    public static bool Covers(string guestPath, string path) =>
        path.StartsWith(guestPath, StringComparison.Ordinal) && (path.Length == guestPath.Length || path[guestPath.Length] == '/');

    public void Dispose()
    {
        Mount.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
