namespace UniBench.Monitor;

/// <summary>The engine: owns the KVM device, the pool of warm VMs and the cache of program images.</summary>
/// <remarks>One per process is enough; families run one after another or side by side on different threads.</remarks>
public sealed class UnikernelHost : IDisposable
{
    /// <exception cref="EngineException">KVM is missing, not permitted, or lacks a capability; the message says what to do.</exception>
    public static UnikernelHost Open() => throw new EngineException("the engine is not built yet");

    /// <summary>Runs a family to its end on the calling thread and others.</summary>
    /// <exception cref="EngineException">A program cannot be loaded, or the host ran out of a resource at the start.</exception>
    public FamilyResult Run(FamilySpec spec, CancellationToken cancellation) => throw new EngineException($"the engine is not built yet: {spec.Stages.Count} stages, {cancellation.CanBeCanceled}, {this}");

    public void Dispose()
    {
    }
}
