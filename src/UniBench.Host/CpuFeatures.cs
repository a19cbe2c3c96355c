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

    /// <summary>What this host's CPU answers to `cpuid`, but for leaves that are another on each core, the hypervisor's, and what few ask for.</summary>
    public static IReadOnlyList<CpuidLeaf> Leaves()
    {
        const uint Extended = 0x80000000, Cache = 4, Features = 7, State = 0xd;
        ReadOnlySpan<uint> plain = [0, 1, 2, 3, 5, 6, 9, 0xa, 0x15, 0x16];
        ReadOnlySpan<uint> first = [0x14, 0x19]; // the first subleaf alone is asked for
        List<CpuidLeaf> leaves = [];
        uint most = Ask(0, 0).Eax, mostExtended = Ask(Extended, 0).Eax;
        foreach (uint leaf in plain)
        {
            Add(leaf, CpuidLeaf.AnySubleaf);
        }

        foreach (uint leaf in first)
        {
            Add(leaf, 0);
        }

        for (uint i = 0; Cache <= most && (i == 0 || (leaves[^1].Eax & 0x1f) != 0); i++)
        {
            Add(Cache, i);
        }

        for (uint i = 0; Features <= most && i <= Ask(Features, 0).Eax; i++)
        {
            Add(Features, i);
        }

        for (uint i = 0; State <= most && i < 64; i++)
        {
            if (i < 2 || (ExtendedState >> (int)i & 1) != 0)
            {
                Add(State, i);
            }
        }

        for (uint leaf = Extended; leaf <= Math.Min(mostExtended, Extended + 8); leaf++)
        {
            Add(leaf, CpuidLeaf.AnySubleaf);
        }

        return leaves;

        void Add(uint leaf, uint subleaf)
        {
            if (leaf <= most || leaf >= Extended)
            {
                leaves.Add(Ask(leaf, subleaf));
            }
        }

        static CpuidLeaf Ask(uint leaf, uint subleaf)
        {
            (int eax, int ebx, int ecx, int edx) = X86Base.CpuId((int)leaf, subleaf == CpuidLeaf.AnySubleaf ? 0 : (int)subleaf);
            return new CpuidLeaf(leaf, subleaf, (uint)eax, (uint)ebx, (uint)ecx, (uint)edx);
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
