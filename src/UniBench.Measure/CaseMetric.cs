namespace UniBench.Measure;

/// <summary>One metric of one case: the entry of <c>cases</c> in results.json. Id and metric together are unique.</summary>
public sealed record CaseMetric
{
    public required string Id { get; init; }

    public required string Scenario { get; init; }

    /// <summary>The workload's name inside the scenario.</summary>
    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Params { get; init; }

    public required string Backend { get; init; }

    public required string Placement { get; init; }

    public required string Metric { get; init; }

    public required string Unit { get; init; }

    public required Better Better { get; init; }

    /// <summary>One of <see cref="CaseStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed or was not run; null when ok.</summary>
    public string? Reason { get; init; }

    /// <summary>One number for each measured round that succeeded, in round order.</summary>
    public IReadOnlyList<double> Samples { get; init; } = [];

    /// <summary>Null when there is no sample.</summary>
    public Summary? Summary { get; init; }

    /// <summary>Median over rounds of the CPU seconds of one launch (user, system and helpers).</summary>
    public double? CpuS { get; init; }

    /// <summary>Median over rounds of the wall seconds of one launch.</summary>
    public double? WallS { get; init; }

    /// <summary>Largest peak over the rounds.</summary>
    public long? MaxRssBytes { get; init; }

    /// <summary>Median over rounds of each counter (the lower of the two middle values when rounds are even).</summary>
    public IReadOnlyDictionary<string, long> Counters { get; init; } = new Dictionary<string, long>();

    /// <summary>Whether the other case measures the same thing, on whatever backend and placement.</summary>
    public bool IsSameSubject(CaseMetric other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Scenario == other.Scenario && Name == other.Name && Metric == other.Metric && Params.SequenceEqual(other.Params);
    }
}
