using System.Globalization;

namespace UniBench.Monitor.Files;

/// <summary>A directory of the host that exists as long as a family does. What a killed unibench left is removed by the next one.</summary>
internal sealed class FamilyDirectory : IDisposable
{
    private const string Prefix = "unibench-family-";
    private const string InMemory = "/dev/shm";

    // In memory where the host has that; a temporary directory does as well.
    private static readonly string Parent = Directory.Exists(InMemory) ? InMemory : System.IO.Path.GetTempPath();
    private static readonly Lazy<bool> Swept = new(Sweep);

    public FamilyDirectory()
    {
        _ = Swept.Value;
        Path = System.IO.Path.Combine(Parent, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}"));
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Makes a directory beneath it.</summary>
    /// <param name="guestPath">A char for each byte, with a slash before it.</param>
    public void Add(string guestPath) => Directory.CreateDirectory(Path + PathText.ToHost(guestPath));

    public void Dispose() => Remove(Path);

    private static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A guest may have taken rights from its own directories. The next unibench tries again.
        }
    }

    private static bool Sweep()
    {
        foreach (string left in Directory.EnumerateDirectories(Parent, Prefix + "*"))
        {
            string owner = System.IO.Path.GetFileName(left)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && !Directory.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}")))
            {
                Remove(left);
            }
        }

        return true;
    }
}
