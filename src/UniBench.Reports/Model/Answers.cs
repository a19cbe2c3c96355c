using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>The run in sentences: for each metric and each backend on our engine the first point of its sweep, each side in its own best placement.</summary>
internal static class Answers
{
    public static IEnumerable<string> Of(Report report) =>
        report.Tables.SelectMany(t => Headline.Of(report.Results, t)).Select(h => Sentence(h, report.Results.Environment, report.Language));

    private static string Sentence(Headline headline, RunEnvironment environment, Language language)
    {
        MetricTable table = headline.Table;
        string answer = language.Answer(table.Title, headline.Point, Value(headline.Subject), language.As(environment.TraitsOf(headline.Subject.Backend)), headline.Subject.Placement);
        if (headline.Reference is not { } reference)
        {
            return answer + language.NothingToCompareWith + ".";
        }

        string ratio = RatioText.Full(headline.Verdict, headline.Subject, language);
        return $"{answer}{language.AnswerCompared(Value(reference), language.As(environment.TraitsOf(reference.Backend)), reference.Placement, ratio)}{Range(headline, language)}.";

        string Value(CaseMetric one) => $"{language.Number(one.Summary!.Median * table.Scale.Factor)} {table.Scale.Unit}";
    }

    private static string Range(Headline headline, Language language)
    {
        double[] values = [.. headline.Improvements];
        return values.Length < 2 ? "" : language.OverTheSweep(language.Number(values.Min()), language.Number(values.Max()));
    }
}
