using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>A metric's table laid out for a screen, backends side by side, or for a page, backends below each other.</summary>
internal static class MetricLayout
{
    public static TextTable Wide(RunResults results, MetricTable table, Language language)
    {
        string[] parameters = [.. table.ParamNames];
        string[] compared = Compared(table);
        bool withBest = table.Placements.Skip(1).Any();
        MetricCells cells = new(results, table.Scale, language);
        List<string> header = [.. parameters, language.Placement, .. table.Backends.Select(b => $">{b}, {table.Scale.Unit}")];
        header.AddRange(compared.Select(b => language.ComparedTo(b, table.Reference)));
        if (withBest)
        {
            header.AddRange(compared.Select(b => language.ComparedToBest(b, table.Reference)));
        }

        header.AddRange(table.Backends.Select(b => $">{b}, {language.CpuSeconds}"));
        TextTable text = new(header);
        foreach (MetricRow row in table.Rows)
        {
            IEnumerable<string> best = withBest ? compared.Select(b => cells.RatioToBest(row.Of(b))) : [];
            text.Row(
            [
                .. parameters.Select(p => table.Shown(row, p)), row.Placement,
                .. table.Backends.Select(b => cells.Value(row.Of(b))),
                .. compared.Select(b => cells.Ratio(row.Of(b))),
                .. best,
                .. table.Backends.Select(b => cells.Cpu(row.Of(b))),
            ]);
        }

        return text;
    }

    /// <summary>One row for each backend; what repeats the row above is left empty, so a group begins with a filled first cell.</summary>
    public static TextTable Long(RunResults results, MetricTable table, Language language)
    {
        string[] parameters = [.. table.ParamNames];
        bool isCompared = Compared(table).Length > 0;
        MetricCells cells = new(results, table.Scale, language);
        string[] ratio = isCompared ? [language.ComparedTo("", table.Reference).Trim()] : [];
        TextTable text = new([.. parameters, language.Placement, language.Backend, $">{language.Median}, {table.Scale.Unit}", .. ratio, $">{language.CpuSeconds}"]);
        foreach (MetricRow row in table.Rows)
        {
            bool isFirst = true;
            foreach (string backend in table.Backends.Where(b => row.Of(b) is not null))
            {
                IEnumerable<string> point = [.. parameters.Select(p => table.Shown(row, p)), row.Placement];
                CaseMetric? one = row.Of(backend);
                string[] against = !isCompared ? [] : backend == table.Reference ? [""] : [cells.Ratio(one)];
                text.Row([.. isFirst ? point : point.Select(_ => ""), backend, cells.Value(one), .. against, cells.Cpu(one)]);
                isFirst = false;
            }
        }

        return text;
    }

    private static string[] Compared(MetricTable table) => table.Backends.Contains(table.Reference)
        ? [.. table.Backends.Where(b => b != table.Reference)]
        : [];
}
