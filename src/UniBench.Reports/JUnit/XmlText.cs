using System.Text;
using System.Xml;

namespace UniBench.Reports.JUnit;

/// <summary>Text that XML 1.0 can hold.</summary>
internal static class XmlText
{
    /// <summary>A crashed program's words may hold what XML 1.0 cannot.</summary>
    public static string Legal(string text)
    {
        StringBuilder legal = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isXml = rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);
            legal.Append(isXml ? rune.ToString() : "\uFFFD");
        }

        return legal.ToString();
    }
}
