using System.Runtime.InteropServices;
using UniBench.Host;

namespace UniBench.Kvm;

/// <summary>Asks a VM's own CPU what `cpuid` answers there: KVM leaves some of it out, and computes some when it runs.</summary>
public static class CpuidProbe
{
    private const int QueriesAddress = 0x20000;

    /// <param name="extendedState">State components that guests may use.</param>
    /// <param name="leaves">Which leaves and subleaves; what they say does not matter.</param>
    public static IReadOnlyList<CpuidLeaf> Ask(KvmDevice device, ulong extendedState, IReadOnlyList<CpuidLeaf> leaves)
    {
        ReadOnlySpan<byte> code =
        [
            0x8b, 0x06, // mov eax, [rsi]
            0x8b, 0x4e, 0x04, // mov ecx, [rsi + 4]
            0x0f, 0xa2, // cpuid
            0x89, 0x46, 0x08, // mov [rsi + 8], eax
            0x89, 0x5e, 0x0c, // mov [rsi + 12], ebx
            0x89, 0x4e, 0x10, // mov [rsi + 16], ecx
            0x89, 0x56, 0x14, // mov [rsi + 20], edx
            0x48, 0x83, 0xc6, 0x18, // add rsi, 24
            0x48, 0xff, 0xcf, // dec rdi
            0x75, 0xe4, // jnz
            0xe6, 0x5b, // out 0x5b, al
        ];
        using ProbeVm probe = new(device, code, extendedState, new KvmRegisters { Rsi = QueriesAddress, Rdi = (ulong)leaves.Count });
        Span<CpuidLeaf> answers = MemoryMarshal.Cast<byte, CpuidLeaf>(probe.Memory.Slice(QueriesAddress, leaves.Count * System.Runtime.CompilerServices.Unsafe.SizeOf<CpuidLeaf>()));
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = leaves[i].Subleaf == CpuidLeaf.AnySubleaf ? leaves[i] with { Subleaf = 0 } : leaves[i];
        }

        while (!probe.Run())
        {
        }

        CpuidLeaf[] found = answers.ToArray();
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = found[i] with { Subleaf = leaves[i].Subleaf };
        }

        return found;
    }
}
