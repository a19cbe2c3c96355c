using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>What the backends of a run are, in their own words.</summary>
internal static class BackendTable
{
    /// <returns>Null where none says anything of itself in that language.</returns>
    public static TextTable? Of(RunResults results, Language language)
    {
        TextTable table = new([language.Backend, language.Isolation, language.LaunchStartsWith, language.CpuTimeIsOf]);
        foreach (string backend in results.Environment.InOrder(results.Cases.Select(c => c.Backend)))
        {
            if (results.Environment.TraitsOf(backend).Words.GetValueOrDefault(language.Code) is { Isolation.Length: > 0 } words)
            {
                table.Row([backend, words.Isolation, words.Start, words.CpuTime]);
            }
        }

        return table.Rows.Count == 0 ? null : table;
    }
}
