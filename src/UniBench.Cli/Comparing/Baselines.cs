using UniBench.Measure;
using UniBench.Reports;
using UniBench.Workbench;

namespace UniBench.Cli.Comparing;

/// <summary>Finds results by path or by the name of a baseline. Baselines are kept whole: from summaries nothing could be computed again.</summary>
internal static class Baselines
{
    private const string Variable = "UNIBENCH_STORE";

    /// <summary>Where baselines and history are kept: of the directory one works in, unless a variable says otherwise.</summary>
    public static string Root => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : ".unibench";

    private static string Folder => Path.Combine(Root, "baselines");

    /// <param name="given">A results.json, a directory with one, or a baseline's name.</param>
    /// <exception cref="UsageException">There is none, or it cannot be read.</exception>
    public static RunResults Load(string given)
    {
        string[] candidates = [given, Path.Combine(given, ResultsFile.Name), PathOf(given)];
        string? found = candidates.FirstOrDefault(File.Exists);
        if (found is null)
        {
            throw new UsageException($"{given}: there is no such results file, run directory or baseline (baselines are in {Folder})");
        }

        try
        {
            return ResultsFile.Load(found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException(e.Message);
        }
    }

    public static IEnumerable<string> Names => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)
        : [];

    /// <exception cref="UsageException">It exists already and may not be replaced, or cannot be written.</exception>
    public static void Save(string name, RunResults results, bool replace)
    {
        CheckName(name);
        if (File.Exists(PathOf(name)) && !replace)
        {
            throw new UsageException($"there is a baseline {name} already: --replace replaces it");
        }

        try
        {
            Directory.CreateDirectory(Folder);
            ResultsFile.Save(results, PathOf(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"baseline {name}: {e.Message}");
        }
    }

    /// <exception cref="UsageException">There is no such baseline.</exception>
    public static void Remove(string name)
    {
        CheckName(name);
        if (!File.Exists(PathOf(name)))
        {
            throw new UsageException($"there is no baseline {name}: {string.Join(", ", Names.DefaultIfEmpty("none is saved"))}");
        }

        File.Delete(PathOf(name));
    }

    private static string PathOf(string name) => Path.Combine(Folder, name + ".json");

    private static void CheckName(string name)
    {
        if (name.Length == 0 || name[0] == '.' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new UsageException($"'{name}' cannot be a baseline's name: letters, digits, '-', '_' and '.' make one");
        }
    }
}
