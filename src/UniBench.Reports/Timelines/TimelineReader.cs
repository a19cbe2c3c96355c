using System.Text.Json;

namespace UniBench.Reports.Timelines;

/// <summary>Reads what <see cref="TimelineFile"/> wrote; also a file whose end is missing.</summary>
public static class TimelineReader
{
    /// <exception cref="FormatException">It is not such a file.</exception>
    public static IReadOnlyList<TimelineLaunch> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<JsonElement> events = [];
        foreach (string line in text.Split('\n').Select(l => l.Trim().TrimEnd(',')).Where(l => l is not ("" or "[" or "]" or "[]")))
        {
            try
            {
                events.Add(JsonDocument.Parse(line).RootElement);
            }
            catch (JsonException) when (events.Count > 0)
            {
                break; // cut off in the middle of an event
            }
            catch (JsonException e)
            {
                throw new FormatException($"not a timeline of unibench: {e.Message}", e);
            }
        }

        try
        {
            return [.. events.GroupBy(e => e.GetProperty("pid").GetInt32()).OrderBy(g => g.Key).Select(g => Launch([.. g]))];
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"not a timeline of unibench: {e.Message}", e);
        }
    }

    private static TimelineLaunch Launch(JsonElement[] events)
    {
        JsonElement[] timed = [.. events.Where(e => Phase(e) != "M")];
        double start = timed.Select(Microseconds).DefaultIfEmpty(0).Min();
        double last = timed.Select(e => Microseconds(e) + Duration(e)).DefaultIfEmpty(0).Max();
        double At(JsonElement e) => (Microseconds(e) - start) / 1e3;
        ILookup<int, JsonElement> byRow = timed.Where(e => Phase(e) is "B" or "E" or "X").ToLookup(Row);
        Dictionary<int, string> names = events.Where(e => Name(e) == "thread_name").GroupBy(Row).ToDictionary(g => g.Key, g => Argument(g.Last(), "name"));
        TimelineRow[] rows =
        [
            .. byRow.OrderBy(r => r.Min(Microseconds)).ThenBy(r => r.Key).Select(r => new TimelineRow(
                r.Key,
                names.GetValueOrDefault(r.Key, ""),
                [.. Programs([.. r.Where(e => Phase(e) != "X")], At, (last - start) / 1e3)],
                [.. r.Where(e => Phase(e) == "X").Select(e => new TimelineSlice(Name(e), Argument(e, "result"), At(e), At(e) + (Duration(e) / 1e3)))])),
        ];
        Dictionary<long, JsonElement> arrivals = timed.Where(e => Phase(e) == "f").ToDictionary(e => e.GetProperty("id").GetInt64());
        return new TimelineLaunch(
            events.Where(e => Name(e) == "process_name").Select(e => Argument(e, "name")).FirstOrDefault(""),
            rows,
            [.. timed.Where(e => Phase(e) == "s" && arrivals.ContainsKey(e.GetProperty("id").GetInt64()))
                .Select(e => (Sent: e, Received: arrivals[e.GetProperty("id").GetInt64()]))
                .Select(a => new TimelineArrow(Name(a.Sent), Row(a.Sent), At(a.Sent), Row(a.Received), At(a.Received)))],
            timed.Where(e => Phase(e) == "C").GroupBy(e => (Name(e), e.GetProperty("args").EnumerateObject().First().Name)).ToDictionary(
                g => g.Key,
                g => (IReadOnlyList<(double, double)>)[.. g.GroupBy(At).OrderBy(same => same.Key).Select(same => (same.Key, Value(same.Last())))]));
    }

    /// <summary>A program ends where the next begins, or with the file.</summary>
    private static IEnumerable<TimelineSlice> Programs(JsonElement[] edges, Func<JsonElement, double> at, double end)
    {
        for (int i = 0; i < edges.Length; i++)
        {
            if (Phase(edges[i]) == "B")
            {
                bool ends = i + 1 < edges.Length;
                yield return new TimelineSlice(Name(edges[i]), ends ? Argument(edges[i + 1], "result") : "", at(edges[i]), ends ? at(edges[i + 1]) : end);
            }
        }
    }

    private static string Phase(JsonElement one) => one.GetProperty("ph").GetString()!;

    private static string Name(JsonElement one) => one.TryGetProperty("name", out JsonElement name) ? name.GetString()! : "";

    private static int Row(JsonElement one) => one.GetProperty("tid").GetInt32();

    private static double Microseconds(JsonElement one) => one.GetProperty("ts").GetDouble();

    private static double Duration(JsonElement one) => one.TryGetProperty("dur", out JsonElement duration) ? duration.GetDouble() : 0;

    private static double Value(JsonElement one) => one.GetProperty("args").EnumerateObject().First().Value.GetDouble();

    private static string Argument(JsonElement one, string name) =>
        one.TryGetProperty("args", out JsonElement all) && all.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";
}
