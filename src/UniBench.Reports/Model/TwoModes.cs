using UniBench.Measure.Statistics;

namespace UniBench.Reports.Model;

/// <summary>
/// Placement <c>free</c> where the scheduler put processes now on one CPU, now on two: its rounds are those of two placements, and a median describes neither. Where the
/// fixed placements were measured too, they say it better, so headlines and charts leave it out; its numbers stay in the tables.
/// </summary>
internal static class TwoModes
{
    private const string Free = "free";

    public static bool Is(MetricTable table, MetricRow row) =>
        row.Placement == Free && table.Placements.Skip(1).Any() && row.Cases.Values.Any(c => TwoGroups.Of(c.Samples) is not null);

    /// <summary>Whether a chart leaves the placement out: at all points or at none, for a line with holes is none.</summary>
    public static bool Is(MetricTable table, string placement) => table.Rows.Any(r => r.Placement == placement && Is(table, r));
}
