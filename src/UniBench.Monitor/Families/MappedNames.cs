using System.Collections.Concurrent;

namespace UniBench.Monitor.Families;

/// <summary>Where a family found the files that it mapped, for /proc/PID/maps: forgotten when they are too many.</summary>
internal sealed class MappedNames
{
    private const int Most = 4096;
    private readonly ConcurrentDictionary<(ulong Device, ulong Inode), string> names = new();

    public void Note((ulong Device, ulong Inode) file, string path)
    {
        if (names.Count >= Most)
        {
            names.Clear();
        }

        names[file] = path;
    }

    public string Find((ulong Device, ulong Inode) file) => names.GetValueOrDefault(file, string.Empty);
}
