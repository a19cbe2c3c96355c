namespace UniBench.Workloads;

/// <summary>One way to run programs: as unikernels, in sandboxes, as Linux processes, in a container, in a Linux VM.</summary>
public interface IBackend : IDisposable
{
    /// <summary>What it is, to whoever measures with it or reads of it.</summary>
    BackendTraits Traits { get; }

    /// <summary>Stable, part of every case id.</summary>
    string Name => Traits.Name;

    /// <summary>What it is made of here, with its version: a container runtime, a filter; null where that is the host's kernel.</summary>
    string? Detail => null;

    /// <summary>Its launches, and what they need beside them, run in other processes than this one wholly, VMs included.</summary>
    bool IsElsewhere => false;

    /// <summary>Whether it can run here, and if not why and what to install.</summary>
    Availability Probe();

    /// <summary>Why it cannot give a workload the files and the directory it asks for; null when it can. Nothing is started.</summary>
    string? Refusal(LaunchRequest request);

    /// <summary>Runs a workload to its end and cleans up behind it, also when cancelled or timed out.</summary>
    /// <exception cref="LaunchException">The workload could not be started, or was refused.</exception>
    LaunchResult Launch(LaunchRequest request, CancellationToken cancellation);
}
