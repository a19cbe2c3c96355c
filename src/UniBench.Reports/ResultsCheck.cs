using System.Text.Json;
using UniBench.Measure;

namespace UniBench.Reports;

/// <summary>What no results file of UniBench's own breaks, and the reports rely on; a file from elsewhere may hold anything.</summary>
internal static class ResultsCheck
{
    // Nothing that is measured is as small or as large; ratios of what lies between are numbers.
    private const double Smallest = 1e-40, Largest = 1e20;

    /// <summary>Looks at the text alone: numbers that are none, and null in a list.</summary>
    /// <exception cref="JsonException">Not valid.</exception>
    public static void Tokens(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        JsonTokenType before = JsonTokenType.None;
        Stack<bool> inArray = new();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject:
                    inArray.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    inArray.Pop();
                    break;
                case JsonTokenType.Number when !reader.TryGetDouble(out double number) || Math.Abs(number) is not (0 or (>= Smallest and <= Largest)):
                    throw new JsonException($"the number at byte {reader.TokenStartIndex} is out of range");
                case JsonTokenType.Null when inArray.TryPeek(out bool array) && array && before != JsonTokenType.PropertyName:
                    throw new JsonException($"null in a list at byte {reader.TokenStartIndex}");
            }

            before = reader.TokenType;
        }
    }

    /// <exception cref="JsonException">Not valid.</exception>
    public static RunResults Checked(RunResults results)
    {
        RunEnvironment environment = results.Environment;
        foreach (IReadOnlyDictionary<string, string> texts in (IEnumerable<IReadOnlyDictionary<string, string>>)[environment.BinaryHashes, environment.Backends, environment.HostLimits, results.Scenario.Units, .. results.Cases.Select(c => c.Params)])
        {
            Require(!texts.Values.Contains(null!), "a text is null");
        }

        Require(results.Verdicts is { Threshold: >= 0 } && results.Verdicts.Confidence() is > 0 and < 1, "the threshold is not positive, or alpha not between 0 and 1");
        HashSet<(string, string)> seen = [];
        foreach (CaseMetric one in results.Cases)
        {
            Require(seen.Add((one.Id, one.Metric)), $"two cases are called {one.Id}, metric {one.Metric}");
        }

        HashSet<(string, int)> launched = [];
        double counted = 0;
        foreach (RoundRecord round in results.Rounds)
        {
            Require(round.Warmup || launched.Add((round.CaseId, round.Round)), $"{round.CaseId} is in round {round.Round} twice");
            Require(!round.Histograms.Values.Contains(null!), $"a histogram of {round.CaseId} is null");
            foreach (HistogramBucket bucket in round.Histograms.Values.SelectMany(h => h.Buckets))
            {
                counted += bucket.Count;
                Require(bucket.Count >= 0 && counted <= Largest / 100, $"the counts of a histogram of {round.CaseId} are negative or too large");
            }
        }

        return results;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new JsonException(otherwise);
        }
    }
}
