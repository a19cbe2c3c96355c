namespace UniBench.Cli.Comparing;

/// <summary>Which outcomes give an exit status other than 0.</summary>
internal sealed record FailOn(bool Regression, bool Inconclusive, bool Missing)
{
    /// <summary>Of a comparison, which guards nothing by itself.</summary>
    public static readonly FailOn Comparing = new(true, false, false);

    /// <summary>Of gates: one whose case was not run lets everything pass.</summary>
    public static readonly FailOn Gating = new(true, false, true);

    /// <exception cref="FormatException">A word is not one of the four.</exception>
    public static FailOn Parse(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        string? unknown = words.FirstOrDefault(w => w is not ("regression" or "inconclusive" or "missing" or "nothing"));
        return unknown is null
            ? new FailOn(words.Contains("regression"), words.Contains("inconclusive"), words.Contains("missing"))
            : throw new FormatException($"'{unknown}' is not one of regression, inconclusive, missing, nothing");
    }

    /// <summary>The gravest thing found decides.</summary>
    public int ExitCode(bool regression, bool inconclusive, bool missing) =>
        Regression && regression ? ExitCodes.Regression
        : Missing && missing ? ExitCodes.NothingMeasured
        : Inconclusive && inconclusive ? ExitCodes.Inconclusive
        : ExitCodes.Ok;
}
