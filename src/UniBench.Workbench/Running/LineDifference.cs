using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace UniBench.Workbench.Running;

/// <summary>How a text of several lines differs from the right one: <c>-</c> before lines that are missing, <c>+</c> before those that are too many, some lines around them.</summary>
internal static class LineDifference
{
    /// <summary>Lines that are the same, around those that are not.</summary>
    private const int Around = 2;

    /// <summary>More would not be read.</summary>
    private const int MostLines = 40;

    /// <summary>Comparing takes the square of it.</summary>
    private const int MostCompared = 2000;

    /// <returns>Lines, each behind a line feed; empty where a sentence says as much: texts of one line, or too long ones.</returns>
    public static string Of(string right, string printed)
    {
        int lines = Math.Max(right.AsSpan().Count('\n'), printed.AsSpan().Count('\n'));
        if (right == printed || lines is < 2 or > MostCompared)
        {
            return "";
        }

        List<DiffPiece> all = InlineDiffBuilder.Diff(right, printed, ignoreWhiteSpace: false).Lines;
        bool[] near = [.. all.Select((_, i) => all.Skip(i - Around).Take(Around + Math.Min(i, Around) + 1).Any(l => l.Type != ChangeType.Unchanged))];
        StringBuilder text = new();
        int shown = 0;
        for (int i = 0; i < all.Count && shown < MostLines; i++)
        {
            if (near[i])
            {
                text.Append(i > 0 && !near[i - 1] ? "\n  ..." : "").Append(all[i].Type switch { ChangeType.Deleted => "\n- ", ChangeType.Inserted => "\n+ ", _ => "\n  " }).Append(all[i].Text);
                shown++;
            }
        }

        return text.Append(near.Count(n => n) > shown ? "\n  ..." : "").ToString();
    }
}
