using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>A directory of the host that exists as long as a family does. What a killed unibench left is removed by the next one.</summary>
/// <remarks>The family may do with it what it likes, its mode included; nobody else gets through the directory around it.</remarks>
internal sealed class FamilyDirectory : IDisposable
{
    private const string Prefix = "unibench-family-";
    private const string InMemory = "/dev/shm";
    private const UnixFileMode ForAll = UnixFileMode.StickyBit | (UnixFileMode)0x1ff; // as /tmp has it

    // In memory where the host has that; a temporary directory does as well.
    private static readonly string Parent = Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath();
    private static readonly Lazy<bool> Swept = new(Sweep);
    private readonly string around;

    public FamilyDirectory()
    {
        _ = Swept.Value;
        around = PrivateDirectory.Create(Parent, Prefix);
        Path = System.IO.Path.Combine(around, "files");
        Directory.CreateDirectory(Path);
        File.SetUnixFileMode(Path, ForAll);
    }

    public string Path { get; }

    /// <summary>Makes a directory beneath it.</summary>
    /// <param name="guestPath">A char for each byte, with a slash before it.</param>
    public void Add(string guestPath) => Directory.CreateDirectory(Path + PathText.ToHost(guestPath));

    /// <summary>What cannot be removed now, the next unibench tries again.</summary>
    public void Dispose() => PrivateDirectory.Remove(around);

    private static bool Sweep()
    {
        PrivateDirectory.Sweep(Parent, Prefix);
        return true;
    }
}
