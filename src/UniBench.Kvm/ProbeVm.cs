using System.Buffers.Binary;
using UniBench.Host;

namespace UniBench.Kvm;

/// <summary>A VM of one vCPU that runs a few instructions at CPL 3, as the library OS does, to find out something about this machine. One large page maps its 2 MB.</summary>
internal sealed class ProbeVm : IDisposable
{
    private const int Page = 4096, Root = Page, CodeAddress = 0x10000;
    private readonly HostMapping memory;
    private readonly KvmVm vm;
    private readonly KvmVcpu vcpu;

    /// <param name="code">What it runs; it leaves by OUT.</param>
    /// <param name="extendedState">State components that it may use; 0: what a new vCPU has.</param>
    /// <param name="registers">Arguments of the code; rip, rsp and rflags are set here.</param>
    public ProbeVm(KvmDevice device, ReadOnlySpan<byte> code, ulong extendedState = 0, KvmRegisters registers = default)
    {
        memory = HostMapping.Anonymous(2 << 20);
        vm = device.CreateVm();
        vm.SetMemory(0, 0, memory.Range, readOnly: false);
        vcpu = vm.CreateVcpu();
        if (extendedState != 0)
        {
            vcpu.Configure(extendedState, 0);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(Memory[Root..], (Root + Page) | 7);
        BinaryPrimitives.WriteUInt64LittleEndian(Memory[(Root + Page)..], (Root + (2 * Page)) | 7);
        BinaryPrimitives.WriteUInt64LittleEndian(Memory[(Root + (2 * Page))..], 0xe7);
        code.CopyTo(Memory[CodeAddress..]);
        vcpu.EnterUserMode(new UserModeSetup(Root, Root + (4 * Page), Root + (5 * Page), Root + (6 * Page)), forgetTranslations: false);
        vcpu.Registers = registers with { Rip = CodeAddress, Rsp = CodeAddress, Rflags = 0x3002 };
        vcpu.CommitRegisters();
    }

    /// <summary>Its memory, 2 MB; free to use from 128 KB on.</summary>
    public Span<byte> Memory => memory.Range.Span;

    /// <summary>Runs until the next OUT.</summary>
    /// <returns>False: a signal came before that.</returns>
    /// <exception cref="KvmException">It left in another way.</exception>
    public bool Run() => vcpu.Run() switch
    {
        KvmExitReason.Io => true,
        KvmExitReason.Interrupted => false,
        var reason => throw new KvmException($"probe: KVM_RUN ended with {reason} instead of an I/O exit"),
    };

    public void Dispose()
    {
        vcpu.Dispose();
        vm.Dispose();
        memory.Dispose();
    }
}
