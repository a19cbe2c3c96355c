using System.Buffers.Binary;
using System.Runtime.InteropServices;
using UniBench.Host;

namespace UniBench.Kvm;

/// <summary>Asks a VM's own CPU what `cpuid` answers there: KVM leaves some of it out, and computes some when it runs.</summary>
public static class CpuidProbe
{
    private const int Page = 4096;
    private const int Root = Page;
    private const int CodeAddress = 0x10000;
    private const int QueriesAddress = 0x20000;

    /// <param name="extendedState">State components that guests may use.</param>
    /// <param name="leaves">Which leaves and subleaves; what they say does not matter.</param>
    public static IReadOnlyList<CpuidLeaf> Ask(KvmDevice device, ulong extendedState, IReadOnlyList<CpuidLeaf> leaves)
    {
        using HostMapping memory = HostMapping.Anonymous(2 << 20);
        using KvmVm vm = device.CreateVm();
        vm.SetMemory(0, 0, memory.Range, readOnly: false);
        using KvmVcpu vcpu = vm.CreateVcpu();
        vcpu.Configure(extendedState, 0);
        Span<byte> bytes = memory.Range.Span;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[Root..], (Root + Page) | 7); // as ExitProbe
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(Root + Page)..], (Root + (2 * Page)) | 7);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(Root + (2 * Page))..], 0xe7);
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
        code.CopyTo(bytes[CodeAddress..]);
        Span<CpuidLeaf> answers = MemoryMarshal.Cast<byte, CpuidLeaf>(bytes.Slice(QueriesAddress, leaves.Count * System.Runtime.CompilerServices.Unsafe.SizeOf<CpuidLeaf>()));
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = leaves[i].Subleaf == CpuidLeaf.AnySubleaf ? leaves[i] with { Subleaf = 0 } : leaves[i];
        }

        vcpu.EnterUserMode(new UserModeSetup(Root, Root + (4 * Page), Root + (5 * Page), Root + (6 * Page)), forgetTranslations: false);
        vcpu.Registers = new KvmRegisters { Rip = CodeAddress, Rsp = CodeAddress, Rflags = 0x3002, Rsi = QueriesAddress, Rdi = (ulong)answers.Length };
        vcpu.CommitRegisters();
        KvmExitReason reason;
        do
        {
            reason = vcpu.Run();
        }
        while (reason == KvmExitReason.Interrupted);
        if (reason != KvmExitReason.Io)
        {
            throw new KvmException($"cpuid probe: KVM_RUN ended with {reason} instead of an I/O exit");
        }

        CpuidLeaf[] found = answers.ToArray();
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = found[i] with { Subleaf = leaves[i].Subleaf };
        }

        return found;
    }
}
