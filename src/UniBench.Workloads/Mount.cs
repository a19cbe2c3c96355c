namespace UniBench.Workloads;

/// <summary>A host directory tree or file that the guest sees at <paramref name="GuestPath"/>.</summary>
public sealed record Mount(string HostPath, string GuestPath, bool Writable);
