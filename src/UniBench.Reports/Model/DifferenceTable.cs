using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Measure.Statistics;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>How far each case lies from the process in its placement: in the metric's unit, as a ratio, and what that amounts to.</summary>
internal static class DifferenceTable
{
    /// <returns>Null when nothing can be compared.</returns>
    public static TextTable? Of(RunResults results, IReadOnlyList<MetricTable> tables, Language language)
    {
        TextTable text = new([language.Case, language.Metric, $">{language.Difference}", language.Ratio, language.Verdict]);
        foreach (MetricTable table in tables)
        {
            foreach (CaseMetric one in table.Rows.SelectMany(r => table.Backends.Select(r.Of)).OfType<CaseMetric>().Where(c => c.Backend != results.Environment.Reference()))
            {
                if (RatioToReference.SamePlacement(results, one) is { } reference && RatioToReference.Shift(results, one, reference) is { } shift)
                {
                    // A value of zero has no ratio, but a difference all the same.
                    Verdict? verdict = RatioToReference.Judge(results, one, reference);
                    string[] ratio = verdict is null ? ["-", "-"] : [RatioText.Short(verdict, one, language), Word(verdict, one, language)];
                    text.Row([one.Id, one.Metric, Shift(shift, table.Scale, language), .. ratio]);
                }
            }
        }

        return text.Rows.Count == 0 ? null : text;
    }

    private static string Shift((double Estimate, Interval Interval) shift, UnitScale scale, Language language) =>
        $"{Signed(shift.Estimate * scale.Factor, language)} {language.Interval(shift.Interval.Low * scale.Factor, shift.Interval.High * scale.Factor)} {scale.Unit}";

    private static string Signed(double value, Language language) => value > 0 ? $"+{language.Number(value)}" : language.Number(value);

    private static string Word(Verdict verdict, CaseMetric of, Language language)
    {
        (string good, string bad) = RatioText.Words(of.Unit, language);
        return verdict.Outcome switch
        {
            Outcome.Better => good,
            Outcome.Worse => bad,
            Outcome.Same => language.SameWithin(language.Percent(verdict.Within)),
            _ => $"?, {RatioText.Needed(verdict.MoreRounds, language)}",
        };
    }
}
