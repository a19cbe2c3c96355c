using System.Text;

namespace UniBench.Reports.Latex;

/// <summary>Names of TeX commands, which may have letters only: <c>rtt_p50</c> becomes <c>RttPFiveZero</c>.</summary>
internal static class MacroNames
{
    private static readonly string[] Digits = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

    public static string Of(params IEnumerable<string> parts)
    {
        StringBuilder name = new("ub");
        foreach (string part in parts)
        {
            bool begins = true;
            foreach (char c in part)
            {
                if (char.IsAsciiLetter(c))
                {
                    name.Append(begins ? char.ToUpperInvariant(c) : c);
                    begins = false;
                }
                else
                {
                    name.Append(char.IsAsciiDigit(c) ? Digits[c - '0'] : char.IsLetterOrDigit(c) ? $"U{Letters(c)}" : "");
                    begins = true;
                }
            }
        }

        return name.ToString();
    }

    /// <summary>What is no ASCII letter is spelled by its number.</summary>
    private static string Letters(char c) => string.Concat(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture).Select(d => (char)('a' + Convert.ToInt32(d.ToString(), 16))));
}
