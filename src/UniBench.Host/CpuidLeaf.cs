using System.Runtime.InteropServices;

namespace UniBench.Host;

/// <summary>struct ub_cpuid_leaf: what `cpuid` answers to eax and ecx.</summary>
/// <param name="Subleaf">ecx; <see cref="AnySubleaf"/> where it does not matter.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct CpuidLeaf(uint Leaf, uint Subleaf, uint Eax = 0, uint Ebx = 0, uint Ecx = 0, uint Edx = 0)
{
    public const uint AnySubleaf = uint.MaxValue;
}
