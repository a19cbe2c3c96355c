using UniBench.Measure;
using UniBench.Workbench;

namespace UniBench.Cli.Running;

/// <summary>
/// The cases that failed when they were tested last, for `test --last-failed`: a line each, the script's full path and the id, in $XDG_STATE_HOME/unibench/last-failed. Cases that
/// were not launched since stay in it.
/// </summary>
internal sealed class FailedCases
{
    private readonly string file;
    private readonly HashSet<string> lines;

    private FailedCases(string file)
    {
        this.file = file;
        lines = File.Exists(file) ? [.. File.ReadAllLines(file)] : [];
    }

    public static FailedCases OfUser() => new(Path.Combine(StateDirectory.OfUser(), "last-failed"));

    /// <summary>Whether any case of these scripts failed.</summary>
    public bool Any(IEnumerable<string> scripts) => scripts.Any(script => lines.Any(l => l.StartsWith(Line(script, ""), StringComparison.Ordinal)));

    /// <summary>Whether the case failed.</summary>
    public bool Has(string script, string id) => lines.Contains(Line(script, id));

    /// <summary>What came of the cases that were launched.</summary>
    public void Note(string script, IEnumerable<CaseMetric> cases)
    {
        foreach (CaseMetric one in cases.Where(c => c.Status != CaseStatus.NotRun))
        {
            _ = one.Status == CaseStatus.Failed ? lines.Add(Line(script, one.Id)) : lines.Remove(Line(script, one.Id));
        }
    }

    /// <summary>A test has its outcome whether that can be remembered or not.</summary>
    public void Save(TextWriter errors)
    {
        try
        {
            if (lines.Count > 0 || File.Exists(file))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllLines(file, lines.Order(StringComparer.Ordinal));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"unibench: which cases failed cannot be remembered for --last-failed: {FileErrors.Text(e)}");
        }
    }

    private static string Line(string script, string id) => $"{Path.GetFullPath(script)}\t{id}";
}
