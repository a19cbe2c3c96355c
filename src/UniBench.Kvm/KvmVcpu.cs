using System.Runtime.CompilerServices;
using UniBench.Host;
using static Tmds.Linux.LibC;

namespace UniBench.Kvm;

/// <summary>Why KVM_RUN came back.</summary>
public enum KvmExitReason
{
    Unknown = 0,
    Exception = 1,
    Io = 2,
    Hypercall = 3,
    Debug = 4,
    Halt = 5,
    Mmio = 6,
    Shutdown = 8,
    FailEntry = 9,
    Interrupted = 10,
    InternalError = 17,

    /// <summary>Not KVM's: the ioctl itself failed; <see cref="KvmVcpu.LastErrno"/> says how.</summary>
    Failed = -1,
}

/// <summary>A vCPU. Registers are read and written in the shared kvm_run page, without an ioctl.</summary>
/// <remarks>Only the thread that runs it may touch it, except <see cref="RequestExit"/>.</remarks>
public sealed unsafe class KvmVcpu : IDisposable
{
    // Offsets in struct kvm_run.
    private const int ImmediateExitOffset = 1;
    private const int ExitReasonOffset = 8;
    private const int ExitDataOffset = 32;
    private const int ValidRegistersOffset = 288;
    private const int DirtyRegistersOffset = 296;
    private const int SyncRegistersOffset = 304;
    private const ulong GeneralRegisters = 1;
    private const int TscControlGroup = 0;
    private readonly KvmDevice device;
    private readonly HostMapping run;
    private KvmSystemRegisters? initial; // what is not set here stays as KVM had it
    private const uint SystemCallRegisters = 3;
    private ulong extendedState;
    private ulong systemCallEntry;
    private int descriptor;

    internal KvmVcpu(KvmDevice device, int descriptor)
    {
        this.descriptor = descriptor;
        this.device = device;
        run = HostMapping.Shared(descriptor, device.RunPageSize, "mmap kvm_run");
        fixed (byte* cpuid = device.Cpuid)
        {
            Check(ioctl(descriptor, KvmIoctl.SetCpuid2, cpuid), "KVM_SET_CPUID2");
        }

        KvmCapability enforce = new() { Capability = KvmDevice.CapabilityEnforceCpuid, Argument = 1 };
        _ = ioctl(descriptor, KvmIoctl.EnableCapability, &enforce); // before Linux 5.10 a guest has KVM's own registers; they are set back with the others
        *(ulong*)(run.Pointer + ValidRegistersOffset) = GeneralRegisters;
    }

    /// <summary>errno of the last KVM_RUN that failed.</summary>
    public int LastErrno { get; private set; }

    /// <summary>Registers as of the last exit; changes count after <see cref="CommitRegisters"/>.</summary>
    public ref KvmRegisters Registers => ref *(KvmRegisters*)(run.Pointer + SyncRegistersOffset);

    /// <summary>Port of the last <see cref="KvmExitReason.Io"/> exit.</summary>
    public ushort IoPort => *(ushort*)(run.Pointer + ExitDataOffset + 2);

    /// <summary>True if the last <see cref="KvmExitReason.Io"/> exit was an OUT.</summary>
    public bool IoIsWrite => run.Pointer[ExitDataOffset] == 1;

    /// <summary>Guest-physical address of the last <see cref="KvmExitReason.Mmio"/> exit.</summary>
    public ulong MmioAddress => *(ulong*)(run.Pointer + ExitDataOffset);

    /// <summary>Suberror of the last <see cref="KvmExitReason.InternalError"/> exit.</summary>
    public uint InternalSuberror => *(uint*)(run.Pointer + ExitDataOffset);

    /// <summary>The registers in the page are loaded when the vCPU next runs.</summary>
    public void CommitRegisters() => *(ulong*)(run.Pointer + DirtyRegistersOffset) = GeneralRegisters;

    /// <summary>Runs guest code until something needs the caller. EINTR counts as <see cref="KvmExitReason.Interrupted"/>.</summary>
    public KvmExitReason Run()
    {
        if (ioctl(descriptor, KvmIoctl.Run, 0) >= 0)
        {
            return (KvmExitReason)(*(uint*)(run.Pointer + ExitReasonOffset));
        }

        LastErrno = Errno.Last;
        return LastErrno is Errno.EINTR or Errno.EAGAIN ? KvmExitReason.Interrupted : KvmExitReason.Failed;
    }

    /// <summary>Makes the next entry come back at once; with a signal to the thread inside KVM_RUN it ends that too.</summary>
    public void RequestExit(bool requested) => Volatile.Write(ref run.Pointer[ImmediateExitOffset], requested ? (byte)1 : (byte)0);

    /// <summary>Whether KVM is about to deliver an exception that the guest has not seen yet.</summary>
    public bool HasQueuedException()
    {
        byte* events = stackalloc byte[64]; // struct kvm_vcpu_events: injected, number, has_error, pending
        Check(ioctl(descriptor, KvmIoctl.GetEvents, events), "KVM_GET_VCPU_EVENTS");
        return events[0] != 0 || events[3] != 0;
    }

    /// <summary>64-bit mode at CPL 3 with I/O privilege, so that library OS and program run at native speed and may use OUT.</summary>
    /// <param name="forgetTranslations">The CPU is to forget what it saw in page tables: it does when their root changes.</param>
    public void EnterUserMode(in UserModeSetup setup, bool forgetTranslations)
    {
        KvmSystemRegisters s;
        if (initial is { } known)
        {
            s = known;
        }
        else
        {
            Check(ioctl(descriptor, KvmIoctl.GetSystemRegisters, &s), "KVM_GET_SREGS");
            initial = s;
        }

        KvmSegment code = new() { Limit = uint.MaxValue, Selector = 0x23, Type = 11, Present = 1, Dpl = 3, S = 1, L = 1, G = 1 };
        KvmSegment data = new() { Limit = uint.MaxValue, Selector = 0x1b, Type = 3, Present = 1, Dpl = 3, S = 1, Db = 1, G = 1 };
        s.Cs = code;
        s.Ss = s.Ds = s.Es = s.Fs = s.Gs = data;
        s.Tr = new KvmSegment { Base = setup.TssAddress, Limit = 0x67, Selector = 0x28, Type = 11, Present = 1 };
        s.Gdt = new KvmTable { Base = setup.GdtAddress, Limit = 55 };
        s.Idt = new KvmTable { Base = setup.IdtAddress, Limit = 0xfff };
        s.Cr0 = 0x80050033; // PG AM WP NE ET MP PE
        s.Cr4 = 0x20 | 0x200 | 0x400 | (1 << 16) | (1 << 18); // PAE OSFXSR OSXMMEXCPT FSGSBASE OSXSAVE
        s.Efer = 0xd01; // SCE LME LMA NXE
        if (forgetTranslations)
        {
            s.Cr3 = setup.PageRoot ^ 0x1000;
            Check(ioctl(descriptor, KvmIoctl.SetSystemRegisters, &s), "KVM_SET_SREGS");
        }

        s.Cr3 = setup.PageRoot;
        Check(ioctl(descriptor, KvmIoctl.SetSystemRegisters, &s), "KVM_SET_SREGS");
    }

    /// <summary>What is set once in the life of a vCPU: extended state, system call entry, time stamp counter.</summary>
    public void Configure(ulong extendedState, ulong systemCallEntry)
    {
        this.extendedState = extendedState;
        this.systemCallEntry = systemCallEntry;
        Check(SetExtendedState(), "KVM_SET_XCRS");
        device.KeepPristine(descriptor);
        int set = SetSystemCalls();
        if (set != SystemCallRegisters)
        {
            throw new KvmException($"KVM_SET_MSRS: {set} of {SystemCallRegisters} registers were accepted: the guest could not make system calls");
        }

        // Guest TSC = host TSC. Where the attribute is missing the TSC is not virtualized or the offset already 0; the clock check decides.
        _ = SetClockOffset();
    }

    /// <summary>Sets all back that a guest can have changed since <see cref="Configure"/>, but for what <see cref="EnterUserMode"/> sets. On its thread.</summary>
    /// <returns>False when KVM refuses part of it: the vCPU must not be used again.</returns>
    public bool TryReset() => SetExtendedState() == 0 && device.Pristine!.TryApplyTo(descriptor) && SetSystemCalls() == SystemCallRegisters && SetClockOffset() == 0;

    /// <returns>How many registers KVM took.</returns>
    private int SetSystemCalls()
    {
        KvmMsrs msrs = new()
        {
            Count = SystemCallRegisters,
            Star = new KvmMsrEntry { Index = 0xc0000081, Data = (0x13UL << 48) | (8UL << 32) },
            Lstar = new KvmMsrEntry { Index = 0xc0000082, Data = systemCallEntry },
            SyscallMask = new KvmMsrEntry { Index = 0xc0000084, Data = 0x200 },
        };
        return ioctl(descriptor, KvmIoctl.SetMsrs, &msrs);
    }

    private int SetExtendedState()
    {
        KvmXcrs xcrs = new() { Count = 1, Value = extendedState };
        return ioctl(descriptor, KvmIoctl.SetXcrs, &xcrs);
    }

    private int SetClockOffset()
    {
        ulong offset = 0;
        KvmDeviceAttribute attribute = new() { Group = TscControlGroup, Address = (ulong)&offset };
        return ioctl(descriptor, KvmIoctl.SetDeviceAttribute, &attribute);
    }

    /// <summary>What KVM counted for this vCPU so far, by KVM's names; empty where it does not tell (before Linux 5.14).</summary>
    public IReadOnlyDictionary<string, long> Statistics() => KvmStatistics.Read(descriptor);

    public void Dispose()
    {
        int fd = Interlocked.Exchange(ref descriptor, -1);
        if (fd >= 0)
        {
            run.Dispose();
            _ = close(fd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check(int result, string call)
    {
        if (result < 0)
        {
            throw new KvmException(call, Errno.Last);
        }
    }
}

/// <summary>Guest-virtual addresses of the tables that the CPU reads, and the guest-physical root of the page tables.</summary>
public readonly record struct UserModeSetup(ulong PageRoot, ulong GdtAddress, ulong TssAddress, ulong IdtAddress);
