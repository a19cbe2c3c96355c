namespace UniBench.Backends;

/// <summary>The programs of a workload in a file system that is made for it.</summary>
/// <param name="root">Where that lies on the host.</param>
/// <param name="directory">Where they are inside.</param>
internal sealed class PlacedPrograms(string root, string directory)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private readonly Dictionary<string, string> placed = []; // inside: where it came from

    /// <summary>Copies a program, once; two of one name stay two.</summary>
    /// <returns>Its path inside.</returns>
    public string Add(string from, string name)
    {
        string to = $"{directory}/{(name.Length > 0 ? name : "program")}";
        for (int i = 2; placed.TryGetValue(to, out string? other) && other != from; i++)
        {
            to = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{directory}/{i}/{name}");
        }

        if (placed.TryAdd(to, from))
        {
            string target = root + to;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(from, target);
            File.SetUnixFileMode(target, Mode);
        }

        return to;
    }
}
