using System.Globalization;
using System.Text;
using UniBench.Reports.Charts;

namespace UniBench.Reports.Latex;

/// <summary>A pgfplots figure and its data files, which it finds in \ubDir.</summary>
internal static class LatexFigure
{
    /// <param name="name">For files and the label.</param>
    /// <returns>The figure, then its data.</returns>
    public static IEnumerable<ReportFile> Render(Chart chart, string name)
    {
        List<ReportFile> data = [];
        string Data(string content)
        {
            string file = string.Create(CultureInfo.InvariantCulture, $"{name}-{data.Count}.dat");
            data.Add(new ReportFile(file, content));
            return $"\\ubDir/{file}";
        }

        StringBuilder text = new();
        text.Append("\\begin{figure}[htbp]\n\\centering\n\\begin{tikzpicture}\n");
        switch (chart)
        {
            case SweepChart sweep:
                SweepPlot.Append(text, sweep, Data);
                break;
            case BarChart bars:
                BarPlot.Append(text, bars, Data);
                break;
            case DistributionChart distribution:
                DistributionPlot.Append(text, distribution, Data);
                break;
            case HistogramChart histogram:
                HistogramPlot.Append(text, histogram, Data);
                break;
            default:
                throw new ArgumentException($"no figure is known for {chart.GetType().Name}", nameof(chart));
        }

        text.Append(CultureInfo.InvariantCulture, $"\\end{{tikzpicture}}\n\\caption{{{LatexText.Caption(chart.Caption)}.}}\\label{{fig:\\ubPrefix {name}}}\n\\end{{figure}}\n");
        return [new ReportFile($"figure-{name}.tex", text.ToString()), .. data];
    }
}
