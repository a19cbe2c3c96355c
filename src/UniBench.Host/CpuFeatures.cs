using System.Runtime.Intrinsics.X86;

namespace UniBench.Host;

/// <summary>What CPUID says about the extended (XSAVE) state of this host.</summary>
public static class CpuFeatures
{
    /// <summary>State components that the CPU has, as bits of XCR0.</summary>
    public static ulong ExtendedState
    {
        get
        {
            (int eax, _, _, int edx) = X86Base.CpuId(0xd, 0);
            return ((ulong)(uint)edx << 32) | (uint)eax;
        }
    }

    /// <summary>Programs may use rdfsbase and wrfsbase: the CPU has them and the kernel lets them.</summary>
    public static bool HasUserSegmentBases
    {
        get
        {
            const nuint HardwareCapabilities2 = 26;
            return (NativeMethods.AuxiliaryValue(HardwareCapabilities2) & 2) != 0;
        }
    }

    /// <summary>Bytes of an XSAVE area (standard format) with these components.</summary>
    public static ulong XsaveSize(ulong components)
    {
        ulong size = 576; // legacy area and header
        for (int i = 2; i < 63; i++)
        {
            if ((components >> i & 1) != 0)
            {
                (int bytes, int offset, _, _) = X86Base.CpuId(0xd, i);
                size = Math.Max(size, (ulong)(bytes + offset));
            }
        }

        return size;
    }
}
