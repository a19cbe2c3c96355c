using System.IO.Enumeration;

namespace UniBench.Measure.Comparing;

/// <summary>A rule about one metric of some cases, or about one counter of our engine. Exactly one of the bounds is set.</summary>
public sealed record Gate
{
    /// <summary>Pattern of case ids, with * and ?.</summary>
    public required string Case { get; init; }

    /// <summary>Pattern of metric names, with * and ?; of a rule about a counter what it is called.</summary>
    public required string Metric { get; init; }

    /// <summary>Why this bound and no other.</summary>
    public required string Reason { get; init; }

    /// <summary>Worse than the base run by more than this is a regression.</summary>
    public Threshold? Threshold { get; init; }

    /// <summary>At least so many times as good as the process backend's case of the same run and placement.</summary>
    public double? TimesProcess { get; init; }

    /// <summary>The median must not be worse than this, in the metric's own unit.</summary>
    public (double Value, string Unit)? Limit { get; init; }

    /// <summary>Worse than the other build of the same run by more than this part is a regression.</summary>
    public double? OtherBuild { get; init; }

    /// <summary>What the engine counts for each operation more, which no noise moves.</summary>
    public CounterBound? Count { get; init; }

    /// <summary>Up to and including this day a regression is reported and does not fail.</summary>
    public DateOnly? MutedUntil { get; init; }

    /// <summary>Whether it is a rule about this case.</summary>
    public bool SpeaksOfCase(string id) => FileSystemName.MatchesSimpleExpression(Case, id, ignoreCase: false);

    /// <summary>Whether it is a rule about this metric of this case.</summary>
    public bool Speaks(string id, string metric) => Count is null && SpeaksOfCase(id) && FileSystemName.MatchesSimpleExpression(Metric, metric, ignoreCase: false);

    /// <summary>The bound in words.</summary>
    public string Bound => Threshold is { } threshold
        ? FormattableString.Invariant($"not worse than the base by more than {threshold.Least * 100:0.###} %{(threshold.IsAutomatic ? ", or what can be told" : "")}")
        : TimesProcess is { } times ? FormattableString.Invariant($"at least {times:0.###} times as good as the process")
        : OtherBuild is { } part ? FormattableString.Invariant($"not worse than the other build by more than {part * 100:0.###} %")
        : Count is { } count ? count.Words
        : FormattableString.Invariant($"median not worse than {Limit!.Value.Value:0.###} {Limit.Value.Unit}");
}
