using UniBench.Measure.Statistics;

namespace UniBench.Measure.History;

/// <summary>
/// Steps in a series of runs, found by <see cref="EnergyDivision"/>. On noise alone it calls one in 1 of 100 series of 60 runs, and a step of 10 % in noise of 3 % on the third run in nine of ten (simulated in the tests).
/// </summary>
public static class ChangePoints
{
    /// <summary>A level has at least so many runs: a single bad night is not a step.</summary>
    public const int ShortestLevel = 3;

    /// <summary>Of a series that does not change, how often one is called; divided by the number of runs, since the place of a step is chosen among them for its difference.</summary>
    public const double FalseAlarms = 0.01;

    /// <summary>The first threshold is so much weaker than the second.</summary>
    private const double Weaker = 10;

    /// <summary>A single run that lies so many times the usual difference of two runs beside both its neighbours is a bad night: it is no level, and would hide one in Student's variance.</summary>
    private const double Spike = 8;

    /// <param name="values">One number a run, oldest first.</param>
    /// <returns>Steps, oldest first; none when a value is not positive.</returns>
    public static IReadOnlyList<LevelChange> Of(IReadOnlyList<double> values, double falseAlarms = FalseAlarms)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count < 2 * ShortestLevel || values.Any(v => !(v > 0)))
        {
            return [];
        }

        double[] logs = WithoutSpikes([.. values.Select(v => Math.Log(v))]);
        double strict = falseAlarms / values.Count;
        IReadOnlyList<int> places = EnergyDivision.Of(logs, ShortestLevel, Math.Min(1, Weaker * strict), strict);
        return [.. places.Select((place, i) => Change(logs, i == 0 ? 0 : places[i - 1], place, i + 1 < places.Count ? places[i + 1] : logs.Length))];
    }

    private static double[] WithoutSpikes(double[] logs)
    {
        double most = Spike * Median.Of([.. logs.Skip(1).Zip(logs, (b, a) => Math.Abs(b - a))]);
        return [.. logs.Select((value, i) =>
            i > 0 && i + 1 < logs.Length && Median.Of([logs[i - 1], value, logs[i + 1]]) is var usual && Math.Abs(value - usual) > most ? usual : value)];
    }

    private static LevelChange Change(double[] logs, int from, int place, int to)
    {
        StudentShift shift = StudentShift.Of(logs[from..place], logs[place..to]);
        Interval interval = shift.Interval(Confidence.Default);
        return new LevelChange(place, Math.Exp(shift.Estimate), interval with { Low = Math.Exp(interval.Low), High = Math.Exp(interval.High) });
    }
}
