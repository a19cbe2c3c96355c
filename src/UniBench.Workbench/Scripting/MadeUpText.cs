using System.Text;
using UniBench.Measure;

namespace UniBench.Workbench.Scripting;

/// <summary>Text to work on that is the same on every machine.</summary>
internal static class MadeUpText
{
    private const int WordsInLine = 10;
    private const int Vocabulary = 5000;
    private static readonly string[] Syllables = ["ka", "to", "mi", "re", "su", "no", "la", "pe", "du", "vi"];

    /// <summary>As many words, ten a line; the n-th most frequent word comes about as often as n to the power of -2/3 says.</summary>
    public static byte[] Bytes(long words, long seed)
    {
        SplitMix64 random = new(seed);
        StringBuilder text = new();
        for (long i = 1; i <= words; i++)
        {
            double uniform = random.NextDouble();
            AppendWord(text, (int)(Vocabulary * uniform * uniform * uniform));
            text.Append(i % WordsInLine == 0 || i == words ? '\n' : ' ');
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The digits of the number as syllables.</summary>
    private static void AppendWord(StringBuilder text, int number)
    {
        do
        {
            text.Append(Syllables[number % 10]);
            number /= 10;
        }
        while (number > 0);
    }
}
