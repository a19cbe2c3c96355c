namespace UniBench.Monitor.Files;

/// <summary>/dev/shm of a family: where shm_open(3) and sem_open(3) keep their files. It goes with the family.</summary>
internal sealed class SharedMemoryFiles : IDisposable
{
    public const string GuestPath = "/dev/shm";
    private readonly string directory;

    public SharedMemoryFiles()
    {
        // In memory where the host has that; a temporary directory does as well.
        string host = Directory.Exists(GuestPath) ? GuestPath : Path.GetTempPath();
        directory = Path.Combine(host, $"unibench-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        Mount = MountPoint.Open(new Mount(directory, GuestPath, true));
    }

    public MountPoint Mount { get; }

    public void Dispose()
    {
        Mount.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
