using System.Reflection;
using NUnit.Framework;
using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Tests.Conformance;

namespace UniBench.Tests.Abi;

[TestFixture]
internal sealed class AbiMirrorTests
{
    private static readonly (Type Mirror, string Structure)[] Structures =
    [
        (typeof(ControlPage), "struct ub_control"),
        (typeof(Answer), "struct ub_answer"),
        (typeof(CountersPage), "struct ub_counters"),
        (typeof(TrapPage), "struct ub_trap"),
        (typeof(SystemPage), "struct ub_system"),
        (typeof(RingHeader), "struct ub_ring"),
        (typeof(LibosHeader), "struct ub_libos_header"),
        (typeof(ExecHeader), "struct ub_exec"),
        (typeof(PollQuestion), "struct ub_poll"),
        (typeof(FutexWord), "struct ub_futex"),
        (typeof(TablePatch), "struct ub_patch"),
        (typeof(SignalInformation), "struct ub_siginfo"),
        (typeof(GuestRegisters), "struct ub_registers"),
        (typeof(GuestArea), "struct ub_area"),
        (typeof(DescriptorEntry), "struct ub_descriptor"),
        (typeof(MemoryArea), "struct ub_memory_area"),
        (typeof(ResourceLimit), "struct ub_rlimit"),
        (typeof(SandboxPage), "struct ub_sandbox"),
        (typeof(SandboxSlot), "struct ub_slot"),
        (typeof(SandboxOrder), "struct ub_order"),
        (typeof(FamilyWords), "struct ub_family"),
        (typeof(CpuidPage), "struct ub_cpuid"),
    ];

    [Test]
    public void Every_structure_of_the_guest_ABI_is_laid_out_as_in_C()
    {
        CompilerProof proof = OurHeader();
        foreach ((Type mirror, string structure) in Structures)
        {
            proof.Mirrors(mirror, structure);
        }

        proof.Check();
    }

    [Test]
    public void Every_constant_of_the_guest_ABI_has_the_value_it_has_in_C()
    {
        CompilerProof proof = OurHeader();
        foreach (FieldInfo constant in typeof(GuestLayout).GetFields(BindingFlags.Static | BindingFlags.Public))
        {
            object value = constant.GetRawConstantValue()!;
            proof.Equal($"UB_{CompilerProof.Snake(constant.Name).ToUpperInvariant()}", value is ulong big ? $"{big}u" : value);
        }

        foreach (Hypercall call in Enum.GetValues<Hypercall>())
        {
            proof.Equal($"UB_HC_{CompilerProof.Snake(call.ToString()).ToUpperInvariant()}", (int)call);
        }

        foreach (WaitState state in Enum.GetValues<WaitState>())
        {
            proof.Equal($"UB_WAIT_{CompilerProof.Snake(state.ToString()).ToUpperInvariant()}", (uint)state);
        }

        foreach (DescriptorKind kind in Enum.GetValues<DescriptorKind>())
        {
            proof.Equal($"UB_FD_{CompilerProof.Snake(kind.ToString()).ToUpperInvariant()}", (byte)kind);
        }

        foreach (AreaFlags flag in Enum.GetValues<AreaFlags>().Where(f => f != AreaFlags.None))
        {
            proof.Equal($"UB_AREA_{CompilerProof.Snake(flag.ToString()).ToUpperInvariant()}", (uint)flag);
        }

        proof.Check();
    }

    [Test]
    public void A_wrong_offset_does_not_pass()
    {
        CompilerProof proof = OurHeader();
        proof.Equal("offsetof(struct ub_control, pending)", 16);
        Assert.That(proof.Check, Throws.InstanceOf<AssertionException>());
    }

    [Test]
    public void KVM_structures_are_laid_out_as_the_kernel_has_them()
    {
        CompilerProof proof = new("<linux/kvm.h>");
        proof.Mirrors(typeof(KvmRegisters), "struct kvm_regs", n => n.ToLowerInvariant());
        proof.Mirrors(typeof(KvmSegment), "struct kvm_segment", n => n.ToLowerInvariant());
        proof.Equal("sizeof(struct kvm_sregs)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmSystemRegisters>());
        proof.Equal("offsetof(struct kvm_sregs, cr0)", 224);
        proof.Equal("sizeof(struct kvm_userspace_memory_region)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmMemoryRegion>());
        proof.Equal("sizeof(struct kvm_xcrs)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmXcrs>());
        proof.Equal("sizeof(struct kvm_msr_entry)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmMsrEntry>());
        proof.Equal("sizeof(struct kvm_device_attr)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmDeviceAttribute>());
        proof.Equal("sizeof(struct kvm_enable_cap)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmCapability>());
        proof.Equal("offsetof(struct kvm_enable_cap, args)", 8);
        proof.Equal("sizeof(struct kvm_stats_header)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmStatisticsHeader>());
        proof.Equal("offsetof(struct kvm_stats_header, data_offset)", 20);
        proof.Equal("offsetof(struct kvm_stats_desc, name)", System.Runtime.CompilerServices.Unsafe.SizeOf<KvmStatisticsDescription>());
        proof.Equal("offsetof(struct kvm_stats_desc, offset)", 8);
        proof.Equal("offsetof(struct kvm_run, immediate_exit)", 1);
        proof.Equal("offsetof(struct kvm_run, exit_reason)", 8);
        proof.Equal("offsetof(struct kvm_run, io)", 32);
        proof.Equal("offsetof(struct kvm_run, kvm_valid_regs)", 288);
        proof.Equal("offsetof(struct kvm_run, kvm_dirty_regs)", 296);
        proof.Equal("offsetof(struct kvm_run, s)", 304);
        proof.Check();
    }

    [Test]
    public void KVM_ioctl_numbers_are_those_of_the_kernel()
    {
        CompilerProof proof = new("<linux/kvm.h>");
        foreach ((string macro, int number) in new[]
        {
            ("KVM_GET_API_VERSION", KvmIoctl.GetApiVersion), ("KVM_CREATE_VM", KvmIoctl.CreateVm), ("KVM_CHECK_EXTENSION", KvmIoctl.CheckExtension),
            ("KVM_GET_VCPU_MMAP_SIZE", KvmIoctl.GetVcpuMmapSize), ("KVM_GET_SUPPORTED_CPUID", KvmIoctl.GetSupportedCpuid),
            ("KVM_CREATE_VCPU", KvmIoctl.CreateVcpu), ("KVM_SET_USER_MEMORY_REGION", KvmIoctl.SetUserMemoryRegion), ("KVM_RUN", KvmIoctl.Run),
            ("KVM_GET_SREGS", KvmIoctl.GetSystemRegisters), ("KVM_SET_SREGS", KvmIoctl.SetSystemRegisters), ("KVM_SET_MSRS", KvmIoctl.SetMsrs),
            ("KVM_SET_CPUID2", KvmIoctl.SetCpuid2), ("KVM_SET_XCRS", KvmIoctl.SetXcrs), ("KVM_GET_VCPU_EVENTS", KvmIoctl.GetEvents),
            ("KVM_SET_DEVICE_ATTR", KvmIoctl.SetDeviceAttribute), ("KVM_ENABLE_CAP", KvmIoctl.EnableCapability), ("KVM_GET_STATS_FD", KvmIoctl.GetStatistics),
        })
        {
            proof.Equal($"(unsigned){macro}", $"{unchecked((uint)number)}u");
        }

        proof.Check();
    }

    private static CompilerProof OurHeader() => new($"\"{Path.Combine(ConformancePrograms.Repository, "guest", "abi", "unibench_abi.h")}\"");
}
