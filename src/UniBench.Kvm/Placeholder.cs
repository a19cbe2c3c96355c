namespace UniBench.Kvm;

/// <summary>Placeholder until the KVM layer lands.</summary>
internal static class Placeholder;
