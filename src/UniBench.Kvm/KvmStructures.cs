using System.Runtime.InteropServices;

namespace UniBench.Kvm;

/// <summary>struct kvm_regs: general registers of a vCPU.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct KvmRegisters
{
    public ulong Rax, Rbx, Rcx, Rdx, Rsi, Rdi, Rsp, Rbp, R8, R9, R10, R11, R12, R13, R14, R15, Rip, Rflags;
}

/// <summary>struct kvm_segment.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct KvmSegment
{
    public ulong Base;
    public uint Limit;
    public ushort Selector;
    public byte Type, Present, Dpl, Db, S, L, G, Avl, Unusable, Padding;
}

/// <summary>struct kvm_dtable.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct KvmTable
{
    public ulong Base;
    public ushort Limit;
    public ushort Padding0, Padding1, Padding2;
}

/// <summary>struct kvm_sregs: segments, tables and control registers.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct KvmSystemRegisters
{
    public KvmSegment Cs, Ds, Es, Fs, Gs, Ss, Tr, Ldt;
    public KvmTable Gdt, Idt;
    public ulong Cr0, Cr2, Cr3, Cr4, Cr8, Efer, ApicBase;
    public ulong InterruptBitmap0, InterruptBitmap1, InterruptBitmap2, InterruptBitmap3;
}

/// <summary>struct kvm_userspace_memory_region.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmMemoryRegion
{
    public uint Slot, Flags;
    public ulong GuestAddress, Size, HostAddress;
}

/// <summary>struct kvm_msr_entry.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmMsrEntry
{
    public uint Index, Reserved;
    public ulong Data;
}

/// <summary>struct kvm_msrs with room for the few that the engine sets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmMsrs
{
    public uint Count, Padding;
    public KvmMsrEntry Star, Lstar, SyscallMask, CompatibilityStar;
}

/// <summary>struct kvm_cpuid_entry2.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CpuidEntry
{
    public uint Function, Index, Flags, Eax, Ebx, Ecx, Edx, Padding0, Padding1, Padding2;
}

/// <summary>struct kvm_xcrs with its first entry; the kernel reads 16.</summary>
[StructLayout(LayoutKind.Sequential, Size = 392)]
internal struct KvmXcrs
{
    public uint Count, Flags;
    public uint Xcr, Reserved;
    public ulong Value;
}

/// <summary>struct kvm_enable_cap with its first argument.</summary>
[StructLayout(LayoutKind.Sequential, Size = 104)]
internal struct KvmCapability
{
    public uint Capability, Flags;
    public ulong Argument;
}

/// <summary>struct kvm_stats_header.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmStatisticsHeader
{
    public uint Flags, NameSize, Count, IdOffset, DescriptionsOffset, DataOffset;
}

/// <summary>struct kvm_stats_desc; the name follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmStatisticsDescription
{
    public uint Flags;
    public short Exponent;
    public ushort Size;
    public uint Offset, BucketSize;
}

/// <summary>struct kvm_device_attr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct KvmDeviceAttribute
{
    public uint Flags, Group;
    public ulong Attribute, Address;
}
