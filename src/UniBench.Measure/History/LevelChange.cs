using UniBench.Measure.Statistics;

namespace UniBench.Measure.History;

/// <summary>A step in a series.</summary>
/// <param name="Index">First run on the new level.</param>
/// <param name="Ratio">New level as a multiple of the old.</param>
/// <param name="Interval">Of the ratio.</param>
public sealed record LevelChange(int Index, double Ratio, Interval Interval);
