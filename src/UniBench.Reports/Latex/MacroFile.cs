using System.Globalization;
using System.Text;

namespace UniBench.Reports.Latex;

/// <summary>Definitions of TeX commands, each with what it stands for. A name that is taken gets a letter more.</summary>
internal sealed class MacroFile
{
    private readonly StringBuilder text = new();
    private readonly HashSet<string> names = [];

    public void Heading(string comment) => text.Append(CultureInfo.InvariantCulture, $"\n% {OneLine(comment)}\n");

    /// <param name="latex">LaTeX already.</param>
    public void Define(string name, string latex)
    {
        string free = name;
        for (char letter = 'B'; !names.Add(free); letter++)
        {
            free = name + letter;
        }

        text.Append(CultureInfo.InvariantCulture, $"\\newcommand{{\\{free}}}{{{latex}}}\n");
    }

    public override string ToString() => text.ToString();

    private static string OneLine(string comment) => string.Concat(comment.Select(c => char.IsControl(c) ? ' ' : c));
}
