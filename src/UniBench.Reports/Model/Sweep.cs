namespace UniBench.Reports.Model;

/// <summary>Which parameter a table is drawn over.</summary>
internal static class Sweep
{
    private const int FewestValues = 3;

    /// <returns>The parameter with the most values, all of them numbers and three at least; else null.</returns>
    public static string? Of(MetricTable table) => Of(table.ParamNames, [.. table.Rows.Select(r => r.Params)]);

    public static string? Of(IEnumerable<string> names, IReadOnlyCollection<IReadOnlyDictionary<string, string>> rows) => names
        .Select(name => (Name: name, Values: Numbers(rows, name)))
        .Where(p => p.Values >= FewestValues)
        .OrderByDescending(p => p.Values)
        .Select(p => p.Name)
        .FirstOrDefault();

    private static int Numbers(IEnumerable<IReadOnlyDictionary<string, string>> rows, string name)
    {
        double?[] values = [.. rows.Select(r => ParameterValue.Of(r.GetValueOrDefault(name, ""))).Distinct()];
        return values.Contains(null) ? 0 : values.Length;
    }
}
