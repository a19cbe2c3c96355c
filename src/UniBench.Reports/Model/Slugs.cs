using System.Globalization;

namespace UniBench.Reports.Model;

/// <summary>Names that are safe in files and links. Texts that differ get names that differ: what cannot be kept is told apart by a hash.</summary>
internal static class Slugs
{
    /// <summary>A file's name has at most 255 bytes, and some are made of two of these.</summary>
    private const int Longest = 100;

    public static string Of(string text)
    {
        string joined = text.Replace(", ", "-", StringComparison.Ordinal);
        string safe = string.Concat(joined.Select(c => IsSafe(c) ? c : '-'));
        return safe == joined && safe.Length <= Longest
            ? safe
            : $"{safe[..Math.Min(safe.Length, Longest)]}-{Hash(text).ToString("x8", CultureInfo.InvariantCulture)}";
    }

    /// <summary>Upper case is not safe: two files may not differ by case alone.</summary>
    private static bool IsSafe(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '=' or '-';

    /// <summary>FNV-1a, which is the same in every process, unlike string.GetHashCode.</summary>
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619));
}
