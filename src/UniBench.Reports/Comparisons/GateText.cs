using System.Globalization;
using System.Text;
using UniBench.Measure.Comparing;

namespace UniBench.Reports.Comparisons;

/// <summary>What the gates said, a line for each case and gate.</summary>
public static class GateText
{
    public static string Render(IReadOnlyList<GateResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var text = new StringBuilder();
        AlignedText.Append(text, [.. results.Select(r => new[] { Word(r), r.Case.Id, r.Case.Metric, $"{r.Measured}; bound: {r.Gate.Bound}{More(r)}" })], []);
        foreach (GateResult bad in results.Where(r => r.Status is GateStatus.Regression or GateStatus.Missing).DistinctBy(r => r.Gate))
        {
            text.Append(CultureInfo.InvariantCulture, $"the gate on {bad.Gate.Case} {bad.Gate.Metric} is there because: {bad.Gate.Reason}\n");
        }

        int Of(GateStatus status) => results.Count(r => r.Status == status);
        int Count(GateStatus status, bool muted) => results.Count(r => r.Status == status && r.Muted == muted);
        text.Append(
            CultureInfo.InvariantCulture,
            $"\n{results.Count} checked: {Of(GateStatus.Ok)} ok, {Count(GateStatus.Regression, false)} regressed, {Of(GateStatus.Inconclusive)} inconclusive, {Of(GateStatus.Missing)} missing, {Of(GateStatus.Skipped)} skipped, {Count(GateStatus.Regression, true)} regressed but muted\n");
        return text.ToString();
    }

    private static string Word(GateResult result) => result.Status switch
    {
        GateStatus.Ok => "ok",
        GateStatus.Regression => result.Muted ? $"REGRESSION, muted until {result.Gate.MutedUntil:yyyy-MM-dd}" : "REGRESSION",
        GateStatus.Missing => "MISSING",
        GateStatus.Skipped => "skipped",
        _ => "inconclusive",
    };

    private static string More(GateResult result) => result.MoreRounds is { } more ? $"; needs about {more} more rounds" : "";
}
