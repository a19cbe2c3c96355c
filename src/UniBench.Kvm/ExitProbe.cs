using System.Buffers.Binary;
using System.Diagnostics;
using UniBench.Host;

namespace UniBench.Kvm;

/// <summary>Measures what an exit from guest to monitor and back costs on this machine, with a VM that does nothing else.</summary>
public static class ExitProbe
{
    private const int Page = 4096;
    private const int Root = Page;
    private const int CodeAddress = 0x10000;

    /// <returns>Median time of one KVM_RUN that ends with the next OUT of the guest, nanoseconds.</returns>
    /// <param name="rounds">How many exits are timed.</param>
    public static double MeasureNs(KvmDevice device, int rounds)
    {
        using HostMapping memory = HostMapping.Anonymous(2 << 20);
        using KvmVm vm = device.CreateVm();
        vm.SetMemory(0, 0, memory.Range, readOnly: false);
        using KvmVcpu vcpu = vm.CreateVcpu();
        Span<byte> bytes = memory.Range.Span;

        // One large page maps the lowest 2 MB; the code is `out %al, $0x5b` for ever, at CPL 3 as the library OS does it.
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[Root..], (Root + Page) | 7);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(Root + Page)..], (Root + (2 * Page)) | 7);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[(Root + (2 * Page))..], 0xe7);
        ReadOnlySpan<byte> code = [0xe6, 0x5b, 0xeb, 0xfc];
        code.CopyTo(bytes[CodeAddress..]);
        vcpu.EnterUserMode(new UserModeSetup(Root, Root + (4 * Page), Root + (5 * Page), Root + (6 * Page)), forgetTranslations: false);
        vcpu.Registers = new KvmRegisters { Rip = CodeAddress, Rsp = CodeAddress, Rflags = 0x3002 };
        vcpu.CommitRegisters();
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            KvmExitReason reason = vcpu.Run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            if (reason is not (KvmExitReason.Io or KvmExitReason.Interrupted))
            {
                throw new KvmException($"exit probe: KVM_RUN ended with {reason} instead of an I/O exit");
            }
        }

        Array.Sort(times);
        return times[rounds / 2];
    }
}
