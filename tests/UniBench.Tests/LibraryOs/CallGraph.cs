using System.Diagnostics;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.LibraryOs;

/// <summary>Which source of the library OS names symbols of which other one, on one machine: read from the object files.</summary>
internal sealed class CallGraph(IReadOnlyCollection<CallGraphEdge> edges)
{
    private static readonly string Sources = Path.Combine(ConformancePrograms.Repository, "guest", "libos");

    public static IEnumerable<string> Machines => ["kvm", "sandbox"];

    public IReadOnlyCollection<CallGraphEdge> Edges { get; } = edges;

    /// <summary>Sources of all machines, those of one alone with its folder.</summary>
    public static IEnumerable<string> AllSources => ((string[])["", .. Machines]).SelectMany(SourcesOf);

    /// <exception cref="FileNotFoundException">The library OS is not built.</exception>
    public static CallGraph Read(string machine)
    {
        string objects = Path.Combine(ConformancePrograms.Repository, "guest", "build", "libos", machine);
        Dictionary<string, string> sources = SourcesOf("").Concat(SourcesOf(machine)).ToDictionary(s => Path.Combine(objects, Path.GetFileName(s) + ".o"));
        Dictionary<string, string> definedIn = [];
        List<(string Source, string Symbol)> wanted = [];
        foreach ((string file, char kind, string symbol) in Symbols(sources.Keys))
        {
            if (kind == 'U')
            {
                wanted.Add((sources[file], symbol));
            }
            else if (char.IsUpper(kind))
            {
                definedIn.Add(symbol, sources[file]);
            }
        }

        return new CallGraph([.. wanted.Where(w => definedIn.ContainsKey(w.Symbol)).Select(w => new CallGraphEdge(w.Source, definedIn[w.Symbol], w.Symbol))]);
    }

    /// <summary>Edges that lead back to where they start, by way of others.</summary>
    public IEnumerable<CallGraphEdge> InCycles() => Edges.Where(e => Reaches(e.To, e.From));

    /// <param name="order">Sources, bottom first.</param>
    public IEnumerable<CallGraphEdge> Upwards(IList<string> order) => Edges.Where(e => order.IndexOf(e.To) > order.IndexOf(e.From));

    private bool Reaches(string start, string target)
    {
        HashSet<string> seen = [start];
        Queue<string> next = new(seen);
        while (next.TryDequeue(out string? source))
        {
            if (source == target)
            {
                return true;
            }

            foreach (CallGraphEdge edge in Edges.Where(e => e.From == source && seen.Add(e.To)))
            {
                next.Enqueue(edge.To);
            }
        }

        return false;
    }

    /// <summary>numbers.c is read by the build and in no image.</summary>
    private static IEnumerable<string> SourcesOf(string folder) => Directory.GetFiles(Path.Combine(Sources, folder))
        .Where(f => Path.GetExtension(f) is ".c" or ".S" && Path.GetFileName(f) != "numbers.c")
        .Select(f => Path.GetRelativePath(Sources, f));

    private static IEnumerable<(string File, char Kind, string Symbol)> Symbols(IReadOnlyCollection<string> objectFiles)
    {
        if (objectFiles.FirstOrDefault(f => !File.Exists(f)) is { } missing)
        {
            throw new FileNotFoundException($"{missing} is missing: make -C guest libos");
        }

        using Process process = Process.Start(new ProcessStartInfo("nm", ["-A", .. objectFiles]) { RedirectStandardOutput = true })!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? lines.Select(l => (l[..l.IndexOf(".o:", StringComparison.Ordinal)] + ".o", l.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Select(l => (l.Item1, l.Item2[^2][^1], l.Item2[^1]))
            : throw new InvalidDataException($"nm: exit code {process.ExitCode}");
    }
}
