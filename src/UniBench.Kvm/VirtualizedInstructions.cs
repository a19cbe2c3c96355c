namespace UniBench.Kvm;

/// <summary>Instructions for which KVM stops a vCPU unless it is told not to: KVM_X86_DISABLE_EXITS_*.</summary>
[Flags]
public enum VirtualizedInstructions
{
    None = 0,
    Mwait = 1,
    Hlt = 2,
    Pause = 4,
    All = Mwait | Hlt | Pause,
}
