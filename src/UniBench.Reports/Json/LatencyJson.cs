using System.Text.Json;
using UniBench.Measure;
using UniBench.Reports.Model;

namespace UniBench.Reports.Json;

/// <summary>The quantiles of each case's histograms, in the program's own unit. A pooled quantile has no exact coverage, so none is written.</summary>
internal static class LatencyJson
{
    public static void Write(Utf8JsonWriter json, RunResults results)
    {
        json.WriteStartArray("latencies");
        foreach (LatencyTable table in LatencyTable.Of(results))
        {
            foreach (LatencyRow row in table.Rows)
            {
                json.WriteStartObject();
                json.WriteString("id", row.Case.Id);
                json.WriteString("histogram", table.Name);
                json.WriteString("unit", table.Unit);
                json.WriteNumber("rounds", row.Summary.Rounds);
                json.WriteNumber("operations", row.Summary.Operations);
                json.WriteNumber("max", row.Summary.Max);
                json.WriteStartArray("quantiles");
                foreach (LatencyQuantile quantile in row.Summary.Quantiles)
                {
                    Quantile(json, quantile);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void Quantile(Utf8JsonWriter json, LatencyQuantile quantile)
    {
        json.WriteStartObject();
        json.WriteString("name", quantile.Name);
        json.WriteNumber("share", quantile.Share);
        json.WriteNumber("value", quantile.Value);
        json.WriteNumber("low", quantile.Interval.Low);
        json.WriteNumber("high", quantile.Interval.High);
        json.WriteBoolean("pooled", quantile.IsPooled);
        if (!quantile.IsPooled)
        {
            json.WriteNumber("coverage", quantile.Interval.Coverage);
        }

        json.WriteEndObject();
    }
}
