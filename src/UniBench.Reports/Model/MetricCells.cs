using UniBench.Measure;
using UniBench.Reports.Languages;

namespace UniBench.Reports.Model;

/// <summary>The cells of a metric's table, the same text in every layout.</summary>
internal sealed class MetricCells(RunResults results, UnitScale scale, Language language)
{
    /// <summary><c>4.21 [4.14, 4.30]</c>; the status where there is none, or behind it when it is not ok.</summary>
    public string Value(CaseMetric? one)
    {
        if (one?.Summary is not { } s)
        {
            return one?.Status ?? "-";
        }

        string text = $"{language.Number(s.Median * scale.Factor)} {language.Interval(s.Low * scale.Factor, s.High * scale.Factor)}";
        return one.Status == CaseStatus.Ok ? text : $"{text} ({one.Status})";
    }

    /// <summary>Against the process in the same placement.</summary>
    public string Ratio(CaseMetric? one) => Ratio(one, RatioToReference.SamePlacement, withPlacement: false);

    /// <summary>Against the process in its best placement, which is named.</summary>
    public string RatioToBest(CaseMetric? one) => Ratio(one, RatioToReference.BestPlacement, withPlacement: true);

    public string Cpu(CaseMetric? one) => one?.CpuS is { } s ? language.Number(s) : "-";

    private string Ratio(CaseMetric? one, Func<RunResults, CaseMetric, CaseMetric?> find, bool withPlacement)
    {
        if (one?.Summary is null || find(results, one) is not { Summary: not null } reference)
        {
            return "-";
        }

        string text = RatioText.Short(RatioToReference.Judge(results, one, reference), one, language);
        return withPlacement ? $"{text}, {reference.Placement}" : text;
    }
}
