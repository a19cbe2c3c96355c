using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Ipc;

/// <summary>A process in semop. Whoever makes its operations possible carries them out and wakes it.</summary>
internal sealed class SemaphoreWaiter(IFamilyMember process, SemaphoreOperation[] operations)
{
    public IFamilyMember Process => process;

    public SemaphoreOperation[] Operations => operations;

    /// <summary>0 or -errno once it is over. Guarded by the namespace.</summary>
    public long? Result { get; set; }
}
