using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using UniBench.Host;

namespace UniBench.Monitor.Abi;

/// <summary>struct ub_cpuid: what guests are told instead of executing `cpuid`.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CpuidPage
{
    public uint Count, Reserved;
    public CpuidLeaves Leaves;
}

[InlineArray(GuestLayout.CpuidLeaves)]
internal struct CpuidLeaves
{
    private CpuidLeaf first;
}
