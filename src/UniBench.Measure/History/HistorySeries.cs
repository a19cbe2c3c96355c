using UniBench.Measure.Statistics;
using UniBench.Workloads;

namespace UniBench.Measure.History;

/// <summary>One metric of one case on one machine, run after run.</summary>
/// <param name="Points">By the time of the run.</param>
public sealed record HistorySeries(string Machine, string Id, string Metric, string Unit, Better Better, IReadOnlyList<HistoryPoint> Points)
{
    /// <summary>Part of the case's id, as is the placement.</summary>
    public string Backend => Id.Split('/')[^2];

    public string Placement => Id.Split('/')[^1];

    /// <summary>As the newest run that kept it has it; null where none did.</summary>
    public BackendLook? Look { get; init; }

    /// <summary>Steps that are confirmed, oldest first.</summary>
    public IReadOnlyList<LevelChange> Changes { get; } = ChangePoints.Of([.. Points.Select(p => p.Summary.Median)]);

    /// <summary>Machines in order of their first run, cases in the order of the newest run that has them.</summary>
    public static IReadOnlyList<HistorySeries> Of(IEnumerable<HistoryEntry> entries)
    {
        HistoryEntry[] ordered = [.. entries.OrderBy(e => e.Started)];
        return
        [
            .. ordered
                .SelectMany(e => e.Cases.Select(c => (Entry: e, Case: c)))
                .GroupBy(x => (x.Entry.Machine, x.Case.Id, x.Case.Metric, x.Case.Unit, x.Case.Better))
                .Select(g => new HistorySeries(
                    g.Key.Machine, g.Key.Id, g.Key.Metric, g.Key.Unit, g.Key.Better,
                    [.. g.Select(x => new HistoryPoint(x.Entry.Started, x.Entry.Commit, Summaries.Of(x.Case.Samples)))]))
                .Select(s => s with { Look = ordered.Select(e => e.Looks.GetValueOrDefault(s.Backend)).LastOrDefault(l => l is not null) ?? EarlierBackends.Of(s.Backend)?.Look }),
        ];
    }
}
