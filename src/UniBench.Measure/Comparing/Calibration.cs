namespace UniBench.Measure.Comparing;

/// <summary>
/// How much farther apart two runs lie than their own rounds explain. Hours differ in what rounds of one hour do not show: neighbours, page placement, where a hypervisor runs the CPUs. Processes
/// and containers are the same in both runs, kernel and programs included, so whatever they differ by is such movement: they are negative controls (Lipsitch, Tchetgen Tchetgen, Cohen: Negative Controls, Epidemiology 21, 2010).
/// The factor is the one with which at least 19 of 20 of them are called the same; a judged case that has not changed either is then called the same as often (split conformal prediction: Vovk, Gammerman, Shafer:
/// Algorithmic Learning in a Random World, 2005), as far as it moves like the controls. A control that falls into two groups is none: which of them a run saw is chance, not movement. And where the machine's own
/// yardsticks were the same in both runs it did not move, whatever chance made of the controls.
/// </summary>
/// <param name="Controls">Metrics of unchanged cases that were learnt from.</param>
/// <param name="Factor">Of what can be told, in logarithms; 1 or more, 1 where the machine did not move.</param>
/// <param name="Moved">The yardsticks of the two runs differ.</param>
public sealed record Calibration(int Controls, double Factor, bool Moved = true)
{
    /// <summary>With fewer the 95 % quantile of one more does not exist.</summary>
    public const int FewestControls = 19;

    private const double CalledTheSame = 0.95;

    /// <summary>Nothing to learn from.</summary>
    public static Calibration None { get; } = new(0, 1, false);

    /// <param name="cases">Control cases: how far apart the runs may be (<see cref="Verdict.Within"/>), and what a run's own rounds can tell.</param>
    /// <param name="least">Nobody asks about less, as a part.</param>
    public static Calibration Of(IEnumerable<(double Within, double Resolution)> cases, double least)
    {
        double[] scores = [.. cases.Where(c => c.Resolution > 0).Select(c => c.Within <= least ? 0 : Math.Log(1 + c.Within) / Math.Log(1 + c.Resolution)).Order()];
        int rank = (int)Math.Ceiling((scores.Length + 1) * CalledTheSame);
        return scores.Length < FewestControls ? new Calibration(scores.Length, 1) : new Calibration(scores.Length, Math.Max(1, scores[rank - 1]));
    }

    /// <summary>What can be told between these two runs, of what the base run's own rounds can tell.</summary>
    public double? Apply(double? resolution) => resolution is { } part ? Math.Pow(1 + part, Factor) - 1 : null;
}
