namespace UniBench.Reports.Model;

/// <summary>Which parameter a table is drawn over.</summary>
internal static class Sweep
{
    private const int FewestValues = 3;

    /// <returns>The parameter with the most values, all of them numbers and three at least; else null.</returns>
    public static string? Of(MetricTable table) => table.ParamNames
        .Select(name => (Name: name, Values: Numbers(table, name)))
        .Where(p => p.Values >= FewestValues)
        .OrderByDescending(p => p.Values)
        .Select(p => p.Name)
        .FirstOrDefault();

    private static int Numbers(MetricTable table, string name)
    {
        double?[] values = [.. table.Rows.Select(r => ParameterValue.Of(r.Params.GetValueOrDefault(name, ""))).Distinct()];
        return values.Contains(null) ? 0 : values.Length;
    }
}
