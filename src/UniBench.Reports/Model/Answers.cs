using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>
/// The run in sentences: for each metric and each backend on our engine the first point of its sweep, each side in its own best placement; then the placement in which it does
/// worst; then what each further one of a parameter adds, where the scenario asks.
/// </summary>
internal static class Answers
{
    public static IEnumerable<string> Of(Report report) => report.Tables.SelectMany(t =>
        Headline.Of(report.Results, t).Select(h => Sentence(h, report.Results.Environment, report.Language)).Concat(Slopes.Of(report.Results, t, report.Language)));

    private static string Sentence(Headline headline, RunEnvironment environment, Language language)
    {
        MetricTable table = headline.Table;
        string answer = language.Answer(table.Title, headline.Point, Value(headline.Subject), As(headline.Subject), headline.Subject.Placement);
        if (headline.Reference is not { } reference)
        {
            return answer + language.NothingToCompareWith + ".";
        }

        string ratio = RatioText.Full(headline.Verdict, headline.Subject, language);
        string best = $"{answer}{language.AnswerCompared(Value(reference), As(reference), reference.Placement, ratio)}{Range(headline.Improvements)}{Last()}.";
        return headline.Worst is not { } worst ? best
            : $"{best} {language.AnswerWorst(worst.Case.Placement, Value(worst.Case), Value(worst.Reference), As(worst.Reference), RatioText.Full(worst.Verdict, worst.Case, language))}{Range(worst.Improvements)}.";

        string As(CaseMetric one) => language.As(environment.TraitsOf(one.Backend));

        string Value(CaseMetric one) => $"{language.Number(one.Summary!.Median * table.Scale.Factor)} {table.Scale.Unit}";

        string Last() => headline.Last is not { } last ? "" : language.AtTheLast(last.Point, Value(last.Subject), Value(last.Reference));

        string Range(IReadOnlyCollection<double> improvements) =>
            improvements.Count < 2 ? "" : language.OverTheSweep(RatioText.Range(improvements, headline.Subject.Unit, language));
    }
}
