namespace UniBench.Workbench;

/// <summary>What a mistyped word may have been meant to be.</summary>
internal static class DidYouMean
{
    /// <returns>A question to put behind an error; empty where no known word is near.</returns>
    public static string Question(string typed, IEnumerable<string> known)
    {
        // One mistake in a short word, two in a longer one; and what is begun may be meant whole.
        int most = typed.TrimStart('-').Length < 5 ? 1 : 2;
        string? nearest = known
            .Select(k => (Word: k, Distance: k.StartsWith(typed, StringComparison.Ordinal) ? 0 : Distance(typed, k)))
            .Where(k => k.Distance <= most)
            .OrderBy(k => k.Distance).ThenBy(k => k.Word.Length)
            .Select(k => k.Word)
            .FirstOrDefault();
        return nearest is null ? "" : $"; did you mean {nearest}?";
    }

    /// <summary>Letters to change, add, leave out or swap with their neighbour (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                int change = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(change, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
