namespace UniBench.Workloads;

/// <summary>
/// What a backend is to whoever measures with it or reads of it: its place, its look, what kind it is, the words for it. The backend owns it; results.json
/// keeps it, so that a report knows backends that this UniBench does not have.
/// </summary>
public sealed record BackendTraits
{
    /// <summary>Stable, part of every case id.</summary>
    public required string Name { get; init; }

    /// <summary>Lower ones stand first, then names by letters.</summary>
    public int Order { get; init; } = int.MaxValue;

    /// <summary>Null: the report chooses a look that is free.</summary>
    public BackendLook? Look { get; init; }

    /// <summary>
    /// Its programs run on UniBench's own engine and library OS: it is what a change of UniBench is judged by and what a report's answers are about, and only here are there
    /// rings, hypercalls, traces, timelines and spinning.
    /// </summary>
    public bool IsEngine { get; init; }

    /// <summary>Its processes are VMs, run by threads of UniBench itself: what KVM costs they pay, and their CPU time is within UniBench's own.</summary>
    public bool IsVm { get; init; }

    /// <summary>Every other backend is compared with this one.</summary>
    public bool IsReference { get; init; }

    /// <summary>A program plays its processor: what programs do there counts, and its times are compared with no other backend's.</summary>
    public bool IsEmulated { get; init; }

    /// <summary>Its programs see all files of the host, at their own paths.</summary>
    public bool SeesHostFiles { get; init; }

    /// <summary>By language (ISO 639-1); a report in another one names the backend and says no more.</summary>
    public IReadOnlyDictionary<string, BackendWords> Words { get; init; } = new Dictionary<string, BackendWords>();
}
