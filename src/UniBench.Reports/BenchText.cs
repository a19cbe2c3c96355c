using System.Globalization;
using System.Text;
using UniBench.Measure;
using UniBench.Measure.Comparing;
using UniBench.Reports.Languages;
using UniBench.Reports.Model;

namespace UniBench.Reports;

/// <summary>What `unibench bench` prints: a table of the commands, and a line for each that says how much slower it is than the fastest.</summary>
public static class BenchText
{
    /// <param name="commands">What each case is called for a reader, by its name.</param>
    /// <param name="time">The metric that commands are compared by.</param>
    /// <param name="cpu">The metric that stands beside it.</param>
    public static string Render(RunResults results, IReadOnlyDictionary<string, string> commands, string time, string cpu)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(commands);
        CaseMetric[] cases = [.. results.Cases.Where(c => c.Metric == time)];
        CaseMetric[] measured = [.. cases.Where(c => c.Summary is not null).OrderBy(c => c.Summary!.Median)];
        bool manyBackends = cases.Select(c => c.Backend).Distinct().Skip(1).Any();
        string Called(CaseMetric one) => manyBackends ? $"{commands[one.Name]} {Language.English.As(results.Environment.TraitsOf(one.Backend))}" : commands[one.Name];

        StringBuilder text = new();
        UnitScale scale = measured.Length == 0 ? new UnitScale("", 1) : UnitScale.For(measured[0].Unit, measured.Select(c => c.Summary!.Median));
        AlignedText.Append(text, [["", "median", "interval", "range", "CPU", "rounds"], .. cases.Select(c => Row(c, results, Called(c), scale, cpu))], rightAligned: [1, 4, 5]);
        foreach (Finding finding in FirstFindings.Of(results).Where(f => f.Severity > Severity.Info))
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Code}: {finding.Message}\n");
        }

        foreach (CaseMetric other in measured.Skip(1))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(other == measured[1] ? "\n" : "")}{Closing(measured[0], other)}\n");
        }

        return text.ToString();

        string Closing(CaseMetric best, CaseMetric other)
        {
            Verdict? verdict = RatioToReference.Judge(results, best, other);
            return verdict?.Outcome == Outcome.Better
                ? $"{Called(best)} ran {RatioText.Short(verdict, best, Language.English)} than {Called(other)}"
                : $"{Called(best)} and {Called(other)}: {RatioText.Full(verdict, best, Language.English)}";
        }
    }

    private static string[] Row(CaseMetric one, RunResults results, string called, UnitScale scale, string cpu)
    {
        if (one.Summary is not { } s)
        {
            return [called, one.Status, "", "", "", ""];
        }

        Summary? busy = results.Cases.FirstOrDefault(c => c.Id == one.Id && c.Metric == cpu)?.Summary;
        string Shown(double value) => Figure.Of(value * scale.Factor);
        return
        [
            called, $"{Shown(s.Median)} {scale.Unit}", Language.English.Interval(s.Low * scale.Factor, s.High * scale.Factor), $"{Shown(s.Min)} to {Shown(s.Max)}",
            busy is null ? "" : $"{Shown(busy.Median)} {scale.Unit}", s.N.ToString(CultureInfo.InvariantCulture),
        ];
    }
}
