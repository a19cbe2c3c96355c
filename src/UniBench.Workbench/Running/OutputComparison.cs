using System.Text;
using UniBench.Measure;
using UniBench.Workloads;

namespace UniBench.Workbench.Running;

/// <summary>Compares what the launches of one round printed: of a point of a case the same bytes on every backend, in every placement.</summary>
/// <remarks>
/// Linux decides: of the launches that succeeded a process is right, else a container, and our engine last, and who printed something else has failed. Launches come
/// in any order, so nothing is said before the round is over.
/// </remarks>
/// <param name="traitsOf">What a backend is, by name.</param>
internal sealed class OutputComparison(Func<string, BackendTraits> traitsOf)
{
    private readonly Dictionary<string, List<(CasePoint Point, RoundRecord Record, PrintedLines Output, string Errors)>> round = [];
    private readonly SortedDictionary<string, SortedSet<string>> compared = new(StringComparer.Ordinal);
    private readonly HashSet<string> disagreed = [];

    /// <summary>What could be said of all rounds: which points agreed on which backends, and which had nothing to agree with.</summary>
    public IEnumerable<Finding> Findings
    {
        get
        {
            foreach (IGrouping<string, string> group in compared.Where(c => !disagreed.Contains(c.Key)).GroupBy(c => string.Join(", ", c.Value), c => c.Key))
            {
                string points = string.Join(", ", group);
                yield return group.Key.Contains(',', StringComparison.Ordinal)
                    ? new Finding(Severity.Info, "same-output", $"printed the same bytes on {group.Key}: {points}", "nothing to do")
                    : new Finding(Severity.Warning, "output-not-compared", $"printed by {group.Key} alone, so that nothing says it is right: {points}", "run it on more backends");
            }
        }
    }

    /// <summary>A launch of this round.</summary>
    public void Add(CasePoint point, RoundRecord record, LaunchResult result)
    {
        if (record.Status != CaseStatus.Ok)
        {
            return;
        }

        string name = NameOf(point);
        if (!round.TryGetValue(name, out List<(CasePoint, RoundRecord, PrintedLines, string)>? launches))
        {
            round[name] = launches = [];
        }

        launches.Add((point, record, PrintedLines.Of(result.Stdout), LaunchVerdict.Errors(result)));
    }

    /// <summary>Ends the round.</summary>
    /// <returns>The launches that printed something else, and how it differs.</returns>
    public IReadOnlyList<(RoundRecord Record, string Reason)> EndRound()
    {
        List<(RoundRecord, string)> failed = [];
        foreach ((string name, List<(CasePoint Point, RoundRecord Record, PrintedLines Output, string Errors)> launches) in round)
        {
            (CasePoint Point, RoundRecord Record, PrintedLines Output, string Errors) right = launches.MinBy(l => (traitsOf(l.Point.Backend).IsEngine, traitsOf(l.Point.Backend).Order));
            foreach ((CasePoint point, RoundRecord record, PrintedLines output, string errors) in launches)
            {
                if (output.Bytes.Length == 0 && right.Output.Bytes.Length == 0)
                {
                    failed.Add((record, "printed nothing, and its case compares outputs" + errors));
                    disagreed.Add(name);
                    continue;
                }

                if (output.DifferenceFrom(right.Output, Who(point, right.Point), Who(right.Point, point)) is { } difference)
                {
                    failed.Add((record, difference + errors + LineDifference.Of(Text(right.Output), Text(output))));
                    disagreed.Add(name);
                    continue;
                }

                if (!compared.TryGetValue(name, out SortedSet<string>? backends))
                {
                    compared[name] = backends = new(StringComparer.Ordinal);
                }

                backends.Add(point.Backend);
            }
        }

        round.Clear();
        return failed;
    }

    private static string Text(PrintedLines output) => Encoding.UTF8.GetString(output.Bytes);

    private static string NameOf(CasePoint point) => point.Id[..^$"/{point.Backend}/{point.Placement}".Length];

    private static string Who(CasePoint point, CasePoint other) => point.Backend == other.Backend ? $"{point.Backend}/{point.Placement}" : point.Backend;
}
