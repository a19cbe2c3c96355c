namespace UniBench.Measure.Comparing;

/// <summary>How many rounds an undecided comparison lacks.</summary>
public static class RoundsNeeded
{
    /// <summary>More than so many times the rounds made is not worth saying.</summary>
    private const int MostTimes = 100;

    /// <summary>An interval's width falls with the root of the rounds; its half has to become shorter than the estimate's distance from the bound.</summary>
    /// <param name="n">Rounds made.</param>
    /// <returns>About so many more; null when the estimate lies so near the bound that no sane number decides.</returns>
    public static int? More(double estimate, double low, double high, double bound, int n)
    {
        double times = Math.Pow((high - low) / 2 / Math.Abs(bound - estimate), 2);
        return double.IsFinite(times) && times <= MostTimes ? Math.Max(1, (int)Math.Ceiling(n * (times - 1))) : null;
    }
}
