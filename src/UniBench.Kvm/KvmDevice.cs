using System.Runtime.InteropServices;
using UniBench.Host;
using static Tmds.Linux.LibC;

namespace UniBench.Kvm;

/// <summary>/dev/kvm: what this host's KVM can do, and where VMs come from.</summary>
public sealed unsafe class KvmDevice : IDisposable
{
    private const int CapabilitySyncRegisters = 74;
    private const int CapabilityImmediateExit = 136;
    private const int CapabilityReadOnlyMemory = 81;
    private const int CapabilityMemorySlots = 10;
    private const int CapabilityDisableExits = 143;
    private const int CapabilityDisableQuirks = 213;
    private const int QuirkZapAll = 1 << 7; // KVM_X86_QUIRK_SLOT_ZAP_ALL, Linux 6.12
    internal const int CapabilityEnforceCpuid = 190;
    private const int MaximumCpuidEntries = 256;
    private readonly byte[] cpuid;
    private int descriptor;
    private VcpuState? pristine;

    private KvmDevice(int descriptor)
    {
        this.descriptor = descriptor;
        int version = ioctl(descriptor, KvmIoctl.GetApiVersion, 0);
        if (version < 0 && Errno.Last is Errno.ENOTTY)
        {
            throw new KvmException("/dev/kvm is no KVM device: something made an ordinary file of that name; remove it and load the module (`modprobe kvm_intel` or `kvm_amd`)");
        }

        ApiVersion = version >= 0 ? version : throw new KvmException("KVM_GET_API_VERSION", Errno.Last);
        if (ApiVersion != 12)
        {
            throw new KvmException($"KVM_GET_API_VERSION: {ApiVersion}, 12 is needed: this kernel's KVM is not usable");
        }

        RunPageSize = Call(KvmIoctl.GetVcpuMmapSize, 0, "KVM_GET_VCPU_MMAP_SIZE");
        Require(CapabilitySyncRegisters, 1, "KVM_CAP_SYNC_REGS");
        Require(CapabilityImmediateExit, 1, "KVM_CAP_IMMEDIATE_EXIT");
        Require(CapabilityReadOnlyMemory, 1, "KVM_CAP_READONLY_MEM");
        MemorySlots = Call(KvmIoctl.CheckExtension, CapabilityMemorySlots, "KVM_CHECK_EXTENSION");
        DisabledExits = (VirtualizedInstructions)Call(KvmIoctl.CheckExtension, CapabilityDisableExits, "KVM_CHECK_EXTENSION") & VirtualizedInstructions.All;
        ForgetsSlotsAlone = Paging == GuestPaging.Nested && (Call(KvmIoctl.CheckExtension, CapabilityDisableQuirks, "KVM_CHECK_EXTENSION") & QuirkZapAll) != 0;
        cpuid = SupportedCpuid();
    }

    /// <summary>ioctl(2) requests on a VM and its vCPU after they were made, the most frequent first.</summary>
    public static IReadOnlyList<uint> MachineRequests { get; } =
    [
        .. ((int[])[
            KvmIoctl.Run, KvmIoctl.SetUserMemoryRegion, KvmIoctl.SetSystemRegisters, KvmIoctl.GetSystemRegisters, KvmIoctl.GetEvents, KvmIoctl.SetEvents, KvmIoctl.GetMsrs, KvmIoctl.SetMsrs,
            KvmIoctl.GetDebugRegisters, KvmIoctl.SetDebugRegisters, KvmIoctl.SetXsave, KvmIoctl.SetXcrs, KvmIoctl.SetDeviceAttribute, KvmIoctl.GetStatistics,
        ]).Select(r => (uint)r),
    ];

    public int ApiVersion { get; }

    /// <summary>Who walks the guests' page tables.</summary>
    public GuestPaging Paging { get; } = PagingOfModules();

    /// <summary>Instructions that never leave a guest here. Guests wait with `pause`, and no vCPU is worth stopping for that.</summary>
    public VirtualizedInstructions DisabledExits { get; }

    /// <summary>When a slot is removed KVM forgets what lies in it alone, not all that it had mapped for the VM. With shadow paging it forgets all, as <see cref="KvmVm.RemoveMemory"/> says.</summary>
    public bool ForgetsSlotsAlone { get; }

    /// <summary>Memory slots that one VM may have.</summary>
    public int MemorySlots { get; }

    /// <summary>Bytes of the kvm_run mapping of a vCPU.</summary>
    internal int RunPageSize { get; }

    /// <summary>struct kvm_cpuid2 with what KVM supports here.</summary>
    internal ReadOnlySpan<byte> Cpuid => cpuid;

    /// <summary>What a vCPU is like on which nothing ran yet; null before there was one.</summary>
    internal VcpuState? Pristine => Volatile.Read(ref pristine);

    /// <summary>Remembers it, once; all vCPUs begin alike.</summary>
    internal void KeepPristine(int vcpu)
    {
        if (Pristine is null)
        {
            Interlocked.CompareExchange(ref pristine, new VcpuState(descriptor, vcpu), null);
        }
    }

    /// <exception cref="KvmException">/dev/kvm is missing, not permitted, or lacks a capability.</exception>
    public static KvmDevice Open()
    {
        fixed (byte* path = "/dev/kvm\0"u8)
        {
            int fd = open(path, O_RDWR | O_CLOEXEC);
            if (fd < 0)
            {
                int errno = Errno.Last;
                throw new KvmException("open /dev/kvm", errno, errno switch
                {
                    Errno.ENOENT => ": load the module (`modprobe kvm_intel` or `kvm_amd`), or enable virtualization in the firmware; inside a VM, enable nesting",
                    Errno.EACCES or Errno.EPERM => ": run as root, or join the group that owns it (`usermod -aG kvm $USER`)",
                    _ => null,
                });
            }

            try
            {
                return new KvmDevice(fd);
            }
            catch
            {
                _ = close(fd);
                throw;
            }
        }
    }

    public KvmVm CreateVm()
    {
        ObjectDisposedException.ThrowIf(descriptor < 0, this);
        int fd;
        do
        {
            fd = ioctl(descriptor, KvmIoctl.CreateVm, 0);
        }
        while (fd < 0 && Errno.Last == Errno.EINTR);
        KvmVm vm = fd >= 0 ? new KvmVm(this, fd) : throw new KvmException("KVM_CREATE_VM", Errno.Last);
        try
        {
            if (DisabledExits != VirtualizedInstructions.None)
            {
                Enable(fd, CapabilityDisableExits, (ulong)DisabledExits, "KVM_CAP_X86_DISABLE_EXITS");
            }

            if (ForgetsSlotsAlone)
            {
                Enable(fd, CapabilityDisableQuirks, QuirkZapAll, "KVM_CAP_DISABLE_QUIRKS2");
            }

            return vm;
        }
        catch
        {
            vm.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        int fd = Interlocked.Exchange(ref descriptor, -1);
        if (fd >= 0)
        {
            _ = close(fd);
        }
    }

    private static GuestPaging PagingOfModules()
    {
        foreach (string parameter in (ReadOnlySpan<string>)["kvm_amd/parameters/npt", "kvm_intel/parameters/ept"])
        {
            try
            {
                return File.ReadAllText("/sys/module/" + parameter).Trim() is "Y" or "1" ? GuestPaging.Nested : GuestPaging.Shadow;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // That module is not there.
            }
        }

        return Directory.Exists("/sys/module/kvm_pvm") ? GuestPaging.Shadow : GuestPaging.Unknown;
    }

    private static void Enable(int vm, uint capability, ulong argument, string name)
    {
        KvmCapability enabled = new() { Capability = capability, Argument = argument };
        if (ioctl(vm, KvmIoctl.EnableCapability, &enabled) < 0)
        {
            throw new KvmException($"KVM_ENABLE_CAP {name}", Errno.Last);
        }
    }

    private int Call(int request, int argument, string name)
    {
        int result = ioctl(descriptor, request, argument);
        return result >= 0 ? result : throw new KvmException(name, Errno.Last);
    }

    private void Require(int capability, int atLeast, string name)
    {
        if (Call(KvmIoctl.CheckExtension, capability, "KVM_CHECK_EXTENSION") < atLeast)
        {
            throw new KvmException($"{name} is missing: Linux 5.10 or later with KVM is needed");
        }
    }

    private byte[] SupportedCpuid()
    {
        byte[] buffer = new byte[8 + (MaximumCpuidEntries * 40)];
        BitConverter.TryWriteBytes(buffer, MaximumCpuidEntries);

        // SAFETY: kvm_cpuid2 is its count followed by that many entries of 40 bytes; the buffer has room for them.
        fixed (byte* p = buffer)
        {
            if (ioctl(descriptor, KvmIoctl.GetSupportedCpuid, p) < 0)
            {
                throw new KvmException("KVM_GET_SUPPORTED_CPUID", Errno.Last);
            }
        }

        foreach (ref CpuidEntry entry in MemoryMarshal.Cast<byte, CpuidEntry>(buffer.AsSpan(8, BitConverter.ToInt32(buffer) * sizeof(CpuidEntry))))
        {
            Withhold(ref entry);
        }

        return buffer;
    }

    /// <summary>Guests need no virtual machines of their own, nor registers of KVM's that name memory which it writes to later: what is not there keeps no state.</summary>
    private static void Withhold(ref CpuidEntry entry)
    {
        const uint Features = 1, ExtendedFeatures = 0x80000001, KvmFeatures = 0x40000001, VirtualMachinesIntel = 1 << 5, VirtualMachinesAmd = 1 << 2;
        switch (entry.Function)
        {
            case Features:
                entry.Ecx &= ~VirtualMachinesIntel;
                break;
            case ExtendedFeatures:
                entry.Ecx &= ~VirtualMachinesAmd;
                break;
            case KvmFeatures:
                entry.Eax = entry.Edx = 0;
                break;
            default:
                break;
        }
    }
}
