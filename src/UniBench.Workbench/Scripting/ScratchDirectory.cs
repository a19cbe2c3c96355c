using System.Globalization;
using System.Text;
using UniBench.Host;

namespace UniBench.Workbench.Scripting;

/// <summary>A directory of files that a scenario describes: made just before the run, the same bytes on every machine, removed after it.</summary>
public sealed class ScratchDirectory
{
    private const string Prefix = "unibench-scratch-";
    private const string ProgramFolder = "bin";
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What every file says about its age, so that archives of them are the same bytes, too.</summary>
    private static readonly DateTime Written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Func<string, string> findProgram;
    private readonly OrderedDictionary<string, Action<string>> entries = [];
    private IReadOnlyList<string> made = [];

    /// <param name="findProgram">The path of a program by its name.</param>
    internal ScratchDirectory(Func<string, string> findProgram)
    {
        this.findProgram = findProgram;
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), PrivateDirectory.NewName(Prefix));
    }

    /// <summary>Where it will be, on the host and for the workload.</summary>
    public string Path { get; }

    /// <summary>Where its programs will be: for the PATH of a workload.</summary>
    public string Programs => System.IO.Path.Combine(Path, ProgramFolder);

    /// <summary>A file with this text; a name may lie in directories below.</summary>
    public ScratchDirectory Text(string name, string content) => Add(name, path => Write(path, Encoding.UTF8.GetBytes(content)));

    /// <summary>A text of made-up words, ten a line, few of them frequent and many rare; the seed decides it.</summary>
    public ScratchDirectory Words(string name, long count, long seed = 1) => Add(name, path => Write(path, MadeUpText.Bytes(count, seed)));

    /// <summary>A copy of a program in <see cref="Programs"/>, found as by <see cref="Scenario.Program"/>, with links to it under other names.</summary>
    public ScratchDirectory Program(string name, params string[] links)
    {
        string from = findProgram(name), file = System.IO.Path.GetFileName(name);
        Add($"{ProgramFolder}/{file}", path => Write(path, File.ReadAllBytes(from), Executable));
        foreach (string link in links)
        {
            Add($"{ProgramFolder}/{link}", path => File.CreateSymbolicLink(path, file));
        }

        return this;
    }

    /// <summary>Removes the directories of runs that were killed.</summary>
    internal static void Sweep() => PrivateDirectory.Sweep(System.IO.Path.GetTempPath(), Prefix);

    /// <summary>Makes it as it was described, whatever has become of it.</summary>
    internal void Make()
    {
        Remove();
        PrivateDirectory.CreateAt(Path);
        foreach ((string name, Action<string> write) in entries)
        {
            string path = System.IO.Path.Combine(Path, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            write(path);
        }

        // From the leaves up: writing a file changes its directory's time.
        foreach (string directory in Directory.EnumerateDirectories(Path, "*", SearchOption.AllDirectories).OrderByDescending(d => d.Length).Append(Path))
        {
            File.SetUnixFileMode(directory, directory == Path ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute : Executable);
            Directory.SetLastWriteTimeUtc(directory, Written);
        }

        made = Listing();
    }

    /// <summary>What is there now and was not when it was made, or no more, or was written to since.</summary>
    internal IReadOnlyList<string> Changes() =>
        [.. Listing().Except(made).Concat(made.Except(Listing())).Select(l => l.Split('\t')[0]).Distinct().Order(StringComparer.Ordinal)];

    /// <exception cref="IOException">Something of it is left.</exception>
    internal void Remove()
    {
        if (Directory.Exists(Path) && !PrivateDirectory.Remove(Path))
        {
            throw new IOException($"{Path}: could not be removed");
        }
    }

    private static void Write(string path, byte[] content, UnixFileMode mode = Readable)
    {
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, mode);
        File.SetLastWriteTimeUtc(path, Written);
    }

    /// <summary>Name, then size and time, of everything in it; of links only the name.</summary>
    private List<string> Listing() => !Directory.Exists(Path) ? [] :
    [
        .. new DirectoryInfo(Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(e => string.Create(
            CultureInfo.InvariantCulture,
            $"{System.IO.Path.GetRelativePath(Path, e.FullName)}\t{(e is FileInfo file && e.LinkTarget is null ? file.Length : 0)}\t{(e.LinkTarget is null ? e.LastWriteTimeUtc.Ticks : 0)}")),
    ];

    private ScratchDirectory Add(string name, Action<string> write)
    {
        bool inside = name.Length > 0 && System.IO.Path.GetFullPath(name, Path).StartsWith($"{Path}/", StringComparison.Ordinal) && !name.EndsWith('/');
        return !inside ? throw new ScenarioException($"a scratch directory cannot hold '{name}': a relative path of a file is expected")
            : entries.TryAdd(name, write) ? this
            : throw new ScenarioException($"a scratch directory holds '{name}' already");
    }
}
