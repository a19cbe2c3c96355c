namespace UniBench.Backends;

/// <summary>What Linux VMs are made of here.</summary>
/// <param name="Emulator">Path of QEMU.</param>
/// <param name="Version">Its own words for it.</param>
internal sealed record VmParts(string Emulator, string Version, GuestKernel Kernel);
