using System.Text.Json;
using UniBench.Measure;

namespace UniBench.Reports.Json;

/// <summary>The findings that speak of a case, at that case.</summary>
internal static class FlagsJson
{
    public static void Write(Utf8JsonWriter json, IEnumerable<CaseFlag> flags)
    {
        json.WriteStartArray("flags");
        foreach (CaseFlag flag in flags)
        {
            json.WriteStartObject();
            json.WriteString("code", flag.Code);
            json.WriteString("detail", flag.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
