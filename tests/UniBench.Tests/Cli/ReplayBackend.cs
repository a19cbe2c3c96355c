using System.Text;
using UniBench.Backends;
using UniBench.Workloads;

namespace UniBench.Tests.Cli;

/// <summary>A backend without machine: every launch ends at once as <see cref="Answer"/> says, and is remembered.</summary>
internal sealed class ReplayBackend(string name) : IBackend
{
    private readonly List<LaunchRequest> launches = [];

    public BackendTraits Traits { get; init; } = BackendRegistry.TraitsOf(name);

    public string Name => Traits.Name;

    /// <summary>Why it cannot run here; null when it can.</summary>
    public Availability Availability { get; init; } = new();

    /// <summary>What a launch gives, by request and number of the launch from 0.</summary>
    public Func<LaunchRequest, int, LaunchResult> Answer { get; init; } = (_, _) => Printed("");

    public IReadOnlyList<LaunchRequest> Launches => launches;

    /// <summary>A launch that succeeded and printed this.</summary>
    public static LaunchResult Printed(string stdout) => Ended(ExitStatus.Exited(0), stdout);

    public static LaunchResult Ended(ExitStatus status, string stdout = "", string stderr = "") => new()
    {
        Outcome = FamilyOutcome.Completed,
        Stages = [status],
        Stdout = Encoding.UTF8.GetBytes(stdout),
        Stderr = Encoding.UTF8.GetBytes(stderr),
        StartedAt = 1_000_000,
        Wall = TimeSpan.FromMilliseconds(20),
        CpuUser = TimeSpan.FromMilliseconds(10),
        CpuSystem = TimeSpan.FromMilliseconds(4),
        CpuMonitor = TimeSpan.FromMilliseconds(1),
        MaxRssBytes = 3_000_000,
        MemoryMethod = "replayed",
    };

    /// <summary>Why it refuses a request; null when it does not.</summary>
    public Func<LaunchRequest, string?> Refuse { get; init; } = _ => null;

    public Availability Probe() => Availability;

    public string? Refusal(LaunchRequest request) => Refuse(request);

    public LaunchResult Launch(LaunchRequest request, CancellationToken cancellation)
    {
        launches.Add(request);
        LaunchResult result = Answer(request, launches.Count - 1);
        return cancellation.IsCancellationRequested ? result with { Outcome = FamilyOutcome.Cancelled } : result;
    }

    public void Dispose()
    {
    }
}
