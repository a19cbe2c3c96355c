using System.Buffers;

namespace UniBench.Suites;

/// <summary>The Linux Test Project, built somewhere: what it calls a test is a line of one of its runtest files.</summary>
/// <remarks>Exit codes as its doc/users says: 0 passed, 32 does not apply here, anything else failed.</remarks>
internal sealed class LtpSuite
{
    public const int DoesNotApply = 32;

    private static readonly SearchValues<char> ForShell = SearchValues.Create("$`\"'|&;<>(){}*?\\");
    private readonly string folder;
    private readonly Dictionary<string, string> programs;

    /// <param name="folder">Where it was installed, or its source tree after `make`.</param>
    /// <exception cref="InvalidDataException">It is no built LTP.</exception>
    public LtpSuite(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        string runtest = Path.Combine(this.folder, "runtest"), cases = Path.Combine(this.folder, "testcases");
        if (!Directory.Exists(runtest) || !Directory.Exists(cases))
        {
            throw new InvalidDataException($"{folder}: no built LTP: it has no runtest and testcases");
        }

        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        programs = Directory.EnumerateFiles(cases, "*", SearchOption.AllDirectories)
            .Where(f => (File.GetUnixFileMode(f) & Executable) != 0)
            .GroupBy(f => Path.GetFileName(f)).ToDictionary(g => g.Key, g => g.Order(StringComparer.Ordinal).First());
    }

    /// <summary>Directories of its programs: its tests find each other by PATH.</summary>
    public IReadOnlyList<string> SearchPath => [.. programs.Values.Select(p => Path.GetDirectoryName(p)!).Distinct().Order(StringComparer.Ordinal)];

    public string Root => folder;

    /// <summary>Lines whose program was not built.</summary>
    public List<string> NotBuilt { get; } = [];

    /// <param name="file">Name of a runtest file: syscalls.</param>
    /// <exception cref="InvalidDataException">There is no such file.</exception>
    public IEnumerable<SuiteTest> Tests(string file)
    {
        string path = Path.Combine(folder, "runtest", file);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: no such runtest file");
        }

        foreach (string line in File.ReadLines(path).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string[] words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || !programs.TryGetValue(words[1], out string? program))
            {
                NotBuilt.Add(words[0]);
                continue;
            }

            bool forShell = words.Skip(2).Any(w => w.AsSpan().ContainsAny(ForShell));
            yield return new SuiteTest(words[0], forShell ? ["/bin/sh", "-c", $"exec {line[words[0].Length..].Trim()}"] : [program, .. words[2..]]);
        }
    }
}
