namespace UniBench.Measure.History;

/// <summary>
/// Where a series falls into levels: E-divisive. Of all pieces that begin at the series' start it takes the two neighbours whose values differ most (energy distance), and does so again on both sides
/// for as long as a test calls the two different. Matteson, James: A Nonparametric Approach for Multiple Change Point Analysis of Multivariate Data, J. Am. Stat. Assoc. 109 (2014). With what Fleming et al.,
/// Hunter: Using Change Point Detection to Hunt for Performance Regressions (ICPE 2023; Apache Otava) changed: the test is Student's, so that nothing is drawn, and a first, weak threshold finds places that a
/// strict one then judges together, weakest first: a step and its way back would hide each other.
/// </summary>
internal static class EnergyDivision
{
    /// <param name="values">On a scale on which differences count: logarithms.</param>
    /// <param name="shortest">Values that a level has at least.</param>
    /// <param name="weak">A place with a p-value up to this is looked at again.</param>
    /// <param name="strict">And with one up to this between its neighbours it stays.</param>
    /// <returns>First indices of the levels but the first, ascending.</returns>
    public static IReadOnlyList<int> Of(double[] values, int shortest, double weak, double strict)
    {
        List<int> places = [];
        Divide(values, SumsOfDistances(values), 0, values.Length, shortest, weak, places);
        places.Sort();
        while (places.Count > 0)
        {
            double[] p = [.. places.Select((place, i) => StudentShift.Of(values[(i == 0 ? 0 : places[i - 1])..place], values[place..(i + 1 < places.Count ? places[i + 1] : values.Length)]).P)];
            int weakest = Array.IndexOf(p, p.Max());
            if (p[weakest] <= strict)
            {
                break;
            }

            places.RemoveAt(weakest);
        }

        return places;
    }

    private static void Divide(double[] values, double[,] sums, int from, int to, int shortest, double weak, List<int> places)
    {
        (int place, int end, double best) = (0, 0, double.NegativeInfinity);
        for (int t = from + shortest; t + shortest <= to; t++)
        {
            for (int k = t + shortest; k <= to; k++)
            {
                double divergence = Divergence(sums, from, t, k);
                (place, end, best) = divergence > best ? (t, k, divergence) : (place, end, best);
            }
        }

        if (place > 0 && StudentShift.Of(values[from..place], values[place..end]).P <= weak)
        {
            places.Add(place);
            Divide(values, sums, from, place, shortest, weak, places);
            Divide(values, sums, place, to, shortest, weak, places);
        }
    }

    /// <summary>Equation 7 of Matteson and James: how much farther values of different pieces lie apart than those of one.</summary>
    private static double Divergence(double[,] sums, int from, int t, int k)
    {
        double m = t - from, n = k - t;
        double left = sums[from, t], right = sums[t, k], between = sums[from, k] - left - right;
        return m * n / (m + n) * ((2 * between / (m * n)) - (2 * left / (m * (m - 1))) - (2 * right / (n * (n - 1))));
    }

    /// <returns>At [a, b] the sum of the distances between any two values from a on and before b.</returns>
    private static double[,] SumsOfDistances(double[] values)
    {
        double[,] sums = new double[values.Length + 1, values.Length + 1];
        for (int b = 1; b <= values.Length; b++)
        {
            double toLast = 0;
            for (int a = b - 1; a >= 0; a--)
            {
                toLast += Math.Abs(values[b - 1] - values[a]);
                sums[a, b] = sums[a, b - 1] + toLast;
            }
        }

        return sums;
    }
}
