using System.IO.Enumeration;

namespace UniBench.Measure.History;

/// <summary>Steps that somebody has looked at and wants to live with.</summary>
/// <param name="Case">Pattern of case ids, with * and ?.</param>
/// <param name="Metric">Pattern of metric names.</param>
/// <param name="Until">Of steps whose first run is of this day or earlier.</param>
public sealed record AcceptedStep(string Case, string Metric, DateOnly Until, string Reason)
{
    public bool Covers(HistorySeries series, LevelChange step)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(step);
        return FileSystemName.MatchesSimpleExpression(Case, series.Id, ignoreCase: false)
            && FileSystemName.MatchesSimpleExpression(Metric, series.Metric, ignoreCase: false)
            && DateOnly.FromDateTime(series.Points[step.Index].Started.UtcDateTime) <= Until;
    }
}
