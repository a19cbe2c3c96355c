namespace UniBench.Measure.Statistics;

/// <summary>A confidence interval that says how sure it really is.</summary>
/// <param name="Coverage">True coverage, 0..1: at least what was asked when <see cref="Reached"/>, else the most that n allows.</param>
/// <param name="Reached">False when there are too few values for the confidence asked for.</param>
public readonly record struct Interval(double Low, double High, double Coverage, bool Reached);
