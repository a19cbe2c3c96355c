using System.Globalization;
using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>Every case with its spread and every flag: what findings abbreviate is here in full.</summary>
internal static class CaseTable
{
    /// <param name="onPaper">The metric stands behind the case, not in a column of its own, because paper is narrow.</param>
    public static TextTable Of(RunResults results, Language language, bool onPaper)
    {
        var scales = results.Cases
            .GroupBy(c => (c.Scenario, c.Name, c.Metric))
            .ToDictionary(g => g.Key, g => UnitScale.For(g.First().Unit, g.Select(c => c.Summary).OfType<Summary>().Select(s => s.Median)));
        string[] names = onPaper ? [language.Case] : [language.Case, language.Metric];
        TextTable table = new([.. names, ">n", $">{language.Median}", language.Unit, ">MAD", ">min", ">max", language.Flags]);
        foreach (CaseMetric one in results.Cases)
        {
            string[] name = onPaper ? [$"{one.Id}: {one.Metric}"] : [one.Id, one.Metric];
            UnitScale scale = scales[(one.Scenario, one.Name, one.Metric)];
            table.Row([.. name, .. Numbers(one, scale, language), Flags(one, results, language)]);
        }

        return table;
    }

    private static string[] Numbers(CaseMetric one, UnitScale scale, Language language)
    {
        if (one.Summary is not { } s)
        {
            return ["0", "-", scale.Unit, "-", "-", "-"];
        }

        return
        [
            s.N.ToString(CultureInfo.InvariantCulture),
            $"{Scaled(s.Median)} {language.Interval(s.Low * scale.Factor, s.High * scale.Factor)}",
            scale.Unit,
            s.RelativeMad() is { } mad ? language.Localised((mad * 100).ToString("0.0", CultureInfo.InvariantCulture)) + " %" : "-",
            Scaled(s.Min),
            Scaled(s.Max),
        ];

        string Scaled(double value) => language.Number(value * scale.Factor);
    }

    private static string Flags(CaseMetric one, RunResults results, Language language) =>
        language.Localised(string.Join(", ", CaseFlags.Of(one, results).Select(f => f.ToString())));
}
