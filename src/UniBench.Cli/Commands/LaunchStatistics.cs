using System.Text.Encodings.Web;
using System.Text.Json;
using UniBench.Workloads;

namespace UniBench.Cli.Commands;

/// <summary>What `exec --stats` prints; names as in results.json.</summary>
internal static class LaunchStatistics
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToJson(LaunchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonSerializer.Serialize(
            new
            {
                Outcome = result.Outcome.ToString().ToLowerInvariant(),
                Exit = result.Stages.Select(s => s.ToString()),
                WallS = result.Wall.TotalSeconds,
                CpuUserS = result.CpuUser.TotalSeconds,
                CpuSystemS = result.CpuSystem.TotalSeconds,
                CpuMonitorS = result.CpuMonitor.TotalSeconds,
                result.MaxRssBytes,
                result.MemoryMethod,
                Counters = result.Counters.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(),
                Processes = result.Processes.Select(p => new
                {
                    p.Pid,
                    p.Parent,
                    p.Program,
                    Exit = p.Status.ToString(),
                    WallS = p.Wall.TotalSeconds,
                    CpuUserS = p.CpuUser.TotalSeconds,
                    CpuSystemS = p.CpuSystem.TotalSeconds,
                    p.MemoryBytes,
                    p.Counters,
                }),
                UnsupportedCalls = result.UnsupportedCalls.OrderBy(c => c.Key, StringComparer.Ordinal).ToDictionary(),
            },
            Format);
    }
}
