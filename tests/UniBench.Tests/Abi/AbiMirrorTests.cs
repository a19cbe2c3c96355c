using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Tests.Conformance;
using UniBench.Workloads;

namespace UniBench.Tests.Abi;

[TestFixture]
internal sealed partial class AbiMirrorTests
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
        (typeof(MappedFileAnswer), "struct ub_mapped_file"),
        (typeof(TablePatch), "struct ub_patch"),
        (typeof(SignalInformation), "struct ub_siginfo"),
        (typeof(GuestRegisters), "struct ub_registers"),
        (typeof(ProgramArea), "struct ub_program_area"),
        (typeof(DescriptorEntry), "struct ub_descriptor"),
        (typeof(MemoryArea), "struct ub_area"),
        (typeof(ResourceLimit), "struct ub_rlimit"),
        (typeof(EventSet), "struct ub_event_set"),
        (typeof(Interest), "struct ub_interest"),
        (typeof(MemberChange), "struct ub_member"),
        (typeof(SandboxPage), "struct ub_sandbox"),
        (typeof(SandboxSlot), "struct ub_slot"),
        (typeof(SandboxOrder), "struct ub_order"),
        (typeof(FamilyWords), "struct ub_family"),
        (typeof(CpuidPage), "struct ub_cpuid"),
        (typeof(Host.CpuidLeaf), "struct ub_cpuid_leaf"),
        (typeof(GuestExtent), "struct ub_extent"),
        (typeof(SocketAddressAnswer), "struct ub_socket_address"),
        (typeof(PassedHead), "struct ub_passed_head"),
        (typeof(Passed), "struct ub_passed"),
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
        foreach ((string name, object value) in Mirrored())
        {
            proof.Equal(name, value);
        }

        proof.Check();
    }

    [Test]
    public void Nothing_in_the_header_is_missing_in_the_mirror()
    {
        string header = File.ReadAllText(Header);
        string[] names = [.. Macro().Matches(header).Concat(Enumerator().Matches(Comment().Replace(header, string.Empty))).Select(m => m.Groups[1].Value)];
        Assert.That(names, Has.Length.GreaterThan(150), "the header was not understood");
        Assert.That(names.Except(Mirrored().Select(m => m.Name)), Is.Empty);
        Assert.That(Structure().Matches(header).Select(m => "struct " + m.Groups[1].Value).Except(Structures.Select(s => s.Structure)), Is.Empty);
    }

    private static IEnumerable<(string Name, object Value)> Mirrored()
    {
        foreach (FieldInfo constant in typeof(GuestLayout).GetFields(BindingFlags.Static | BindingFlags.Public))
        {
            object value = constant.GetRawConstantValue()!;
            yield return (Macro(constant.Name), value is ulong big ? $"{big}u" : value);
        }

        foreach ((string prefix, string name, long value) in
            Enum<Hypercall>("Hc").Concat(Enum<WaitState>("Wait")).Concat(Enum<DescriptorKind>("Fd")).Concat(Enum<AreaFlags>("Area")).Concat(Enum<SpinPolicy>("Spin")).Concat(Enum<OrderKind>("Order")).Concat(Enum<MemberOperation>("Member")))
        {
            yield return (Macro(prefix + name), value);
        }

        static string Macro(string name) => $"UB_{CompilerProof.Snake(name).ToUpperInvariant()}";

        static IEnumerable<(string Prefix, string Name, long Value)> Enum<T>(string prefix)
            where T : struct, System.Enum =>
            System.Enum.GetValues<T>().Where(v => v.ToString() != nameof(AreaFlags.None)).Select(v => (prefix, v.ToString(), Convert.ToInt64(v, System.Globalization.CultureInfo.InvariantCulture)));
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

    private static string Header => Path.Combine(ConformancePrograms.Repository, "guest", "abi", "unibench_abi.h");

    private static CompilerProof OurHeader() => new($"\"{Header}\"");

    [GeneratedRegex(@"#define (UB_\w+) ")]
    private static partial Regex Macro();

    [GeneratedRegex(@"\b(UB_\w+)(?: = \w+)?(?=[,\s]*[,}\r\n])(?<=enum \w+ \{[^}]*)")]
    private static partial Regex Enumerator();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"struct (\w+) \{")]
    private static partial Regex Structure();
}
