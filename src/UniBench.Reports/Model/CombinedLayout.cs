using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>A combined table's cells: the value in each run, then in each run the ratio to that run's own process.</summary>
internal static class CombinedLayout
{
    public static TextTable Table(IReadOnlyList<ReportRun> runs, CombinedTable table, Language language)
    {
        string reference = runs[0].Results.Environment.Reference();
        string[] parameters = [.. table.ParamNames];
        bool isCompared = table.Backends.Contains(reference) && table.Backends.Skip(1).Any();
        MetricCells[] cells = [.. runs.Select(r => new MetricCells(r.Results, table.Scale, language))];
        string[] ratios = isCompared ? [.. runs.Select(r => $"{r.Label}: {language.ComparedTo("", reference).Trim()}")] : [];
        TextTable text = new([.. parameters, language.Placement, language.Backend, .. runs.Select(r => $">{r.Label}, {table.Scale.Unit}"), .. ratios]);
        foreach (CombinedRow row in table.Rows)
        {
            IEnumerable<string> own = row.Cases.Select((c, i) => cells[i].Value(c));
            IEnumerable<string> against = isCompared
                ? row.Cases.Select((c, i) => row.Backend == reference ? "" : cells[i].Ratio(c))
                : [];
            text.Row([.. parameters.Select(p => table.Shown(row, p)), row.Placement, row.Backend, .. own, .. against]);
        }

        return text;
    }

    /// <summary>A row for each run, for a page that is too narrow for a column each; what repeats the row above is left empty.</summary>
    public static TextTable Long(IReadOnlyList<ReportRun> runs, CombinedTable table, Language language)
    {
        string reference = runs[0].Results.Environment.Reference();
        string[] parameters = [.. table.ParamNames];
        MetricCells[] cells = [.. runs.Select(r => new MetricCells(r.Results, table.Scale, language))];
        TextTable text = new([.. parameters, language.Placement, language.Backend, language.Run, $">{table.Metric}, {table.Scale.Unit}", language.ComparedTo("", reference).Trim()]);
        foreach (CombinedRow row in table.Rows)
        {
            string[] point = [.. parameters.Select(p => table.Shown(row, p)), row.Placement, row.Backend];
            for (int i = 0; i < runs.Count; i++)
            {
                string ratio = row.Backend == reference ? "" : cells[i].Ratio(row.Cases[i]);
                text.Row([.. i == 0 ? point : point.Select(_ => ""), runs[i].Label, cells[i].Value(row.Cases[i]), ratio]);
            }
        }

        return text;
    }
}
