namespace UniBench.Reports.Model;

/// <summary>Names that are safe in files, links and anchors.</summary>
internal static class Slugs
{
    public static string Of(string text)
    {
        string safe = string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? char.ToLowerInvariant(c) : '-'));
        return string.Join('-', safe.Split('-', StringSplitOptions.RemoveEmptyEntries));
    }
}
