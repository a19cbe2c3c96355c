using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench;

namespace UniBench.Cli.Commands;

/// <summary>Reads the runs that `unibench report` is given: <c>[LABEL=]DIRECTORY</c> or <c>[LABEL=]FILE</c>.</summary>
internal static class ReportSources
{
    /// <param name="folder">Where the report will be; its links lead from there.</param>
    /// <exception cref="UsageException">A file cannot be read, or two runs have one label.</exception>
    public static IReadOnlyList<ReportRun> Load(IReadOnlyList<string> sources, string folder)
    {
        (string? Label, string File)[] named = [.. sources.Select(Split)];
        string[] labels = Labels(named);
        return [.. named.Select((n, i) => new ReportRun(labels[i], Read(n.File), Link(n.File, folder)))];
    }

    /// <summary>The results file that a source names.</summary>
    public static string FileOf(string source) => Split(source).File;

    private static (string? Label, string File) Split(string source)
    {
        int equals = source.IndexOf('=', StringComparison.Ordinal);
        bool isNamed = equals > 0 && !Path.Exists(source) && !source[..equals].Contains('/', StringComparison.Ordinal);
        string path = isNamed ? source[(equals + 1)..] : source;
        return (isNamed ? source[..equals] : null, Directory.Exists(path) ? Path.Combine(path, ResultsFile.Name) : path);
    }

    /// <summary>The directory's name; with as many of its parents' as tell the runs apart.</summary>
    private static string[] Labels((string? Label, string File)[] named)
    {
        for (int parts = 1; ; parts++)
        {
            string[] labels = [.. named.Select(n => n.Label ?? Tail(n.File, parts))];
            if (labels.Distinct().Count() == labels.Length)
            {
                return labels;
            }

            if (named.All(n => n.Label is not null || parts > n.File.Count(c => c == '/') + Environment.CurrentDirectory.Count(c => c == '/')))
            {
                string twice = labels.GroupBy(l => l).First(g => g.Count() > 1).Key;
                throw new UsageException($"two runs are called '{twice}': name them, as in {twice}-1=PATH {twice}-2=PATH");
            }
        }
    }

    private static string Tail(string file, int parts)
    {
        string full = Path.GetFullPath(file);
        string place = Path.GetFileName(full) == ResultsFile.Name ? Path.GetDirectoryName(full)! : Path.ChangeExtension(full, null);
        return string.Join('/', place.Split('/', StringSplitOptions.RemoveEmptyEntries).TakeLast(parts));
    }

    private static RunResults Read(string file)
    {
        try
        {
            return ResultsFile.Load(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException(FileErrors.Text(e));
        }
    }

    private static string Link(string file, string folder) => Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(file));
}
