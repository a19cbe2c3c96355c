using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using UniBench.Host;
using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;

namespace UniBench.Monitor.Memory;

/// <summary>What every VM maps read-only: the library OS, the system page, and the tables that the CPU reads.</summary>
/// <remarks>The CPU writes to descriptor tables only to mark a segment accessed or a TSS busy. Here all are from the start.</remarks>
internal sealed class SharedPages : IDisposable
{
    private const ulong GdtAddress = GuestLayout.SystemPage + GuestLayout.Page;
    private const int TssOffset = 0x100;
    private const ulong IdtAddress = GuestLayout.SystemPage + (2 * GuestLayout.Page);
    private const int CpuidOffset = 3 * GuestLayout.Page;
    private const int PageCount = 4;
    private readonly HostMapping libos;
    private readonly HostMapping system;

    public SharedPages(IPlatform platform)
    {
        LibosImage image = platform.Libos;
        system = platform.NewMemory("system", PageCount * GuestLayout.Page);
        libos = platform.NewMemory("libos", (image.Code.Length + GuestLayout.Page - 1) & -GuestLayout.Page);
        image.Code.CopyTo(libos.Range.Span);
        WriteDescriptorTables(image.Header);
        ref SystemPage page = ref System;
        page.TotalRam = (ulong)GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        SetName(page.Sysname, "Linux");
        SetName(page.Nodename, Environment.MachineName);
        SetName(page.Release, "6.1.0-unibench");
        SetName(page.Version, "#1 UniBench library OS");
        SetName(page.Machine, "x86_64");
        SetName(page.Domainname, "(none)");
    }

    /// <summary>What guests hear instead of executing `cpuid`.</summary>
    public void SetCpuid(IReadOnlyList<CpuidLeaf> leaves)
    {
        ref CpuidPage page = ref system.Range.At<CpuidPage>(CpuidOffset);
        for (int i = 0; i < leaves.Count; i++)
        {
            page.Leaves[i] = leaves[i];
        }

        page.Count = (uint)leaves.Count;
    }

    /// <summary>At GuestLayout.GpaLibos.</summary>
    public HostMapping Libos => libos;

    /// <summary>At GuestLayout.GpaSystem.</summary>
    public HostMapping SystemPages => system;

    public ref SystemPage System => ref MemoryMarshal.AsRef<SystemPage>(system.Range.Span);

    /// <param name="root">Guest-physical address of the page tables' root.</param>
    public static UserModeSetup UserMode(ulong root) => new(root, GdtAddress, GdtAddress + TssOffset, IdtAddress);

    /// <summary>Maps all of it where the ABI says.</summary>
    public void MapInto(PageTables tables, in LibosHeader header, ref ulong tablesNext)
    {
        for (ulong offset = 0; offset < (ulong)libos.Range.Length; offset += GuestLayout.Page)
        {
            bool text = GuestLayout.LibosText + offset < header.TextEnd;
            tables.Map(GuestLayout.LibosText + offset, GuestLayout.GpaLibos + offset, text ? 0 : GuestLayout.PteNoExecute, ref tablesNext);
        }

        for (ulong offset = 0; offset < PageCount * GuestLayout.Page; offset += GuestLayout.Page)
        {
            tables.Map(GuestLayout.SystemPage + offset, GuestLayout.GpaSystem + offset, GuestLayout.PteNoExecute, ref tablesNext);
        }
    }

    public void Dispose()
    {
        libos.Dispose();
        system.Dispose();
    }

    private static void SetName(Span<byte> field, string name)
    {
        field.Clear();
        Encoding.ASCII.GetBytes(name.AsSpan(0, Math.Min(name.Length, field.Length - 1)), field);
    }

    private void WriteDescriptorTables(in LibosHeader header)
    {
        Span<byte> gdt = system.Range.Slice(GuestLayout.Page, GuestLayout.Page).Span;
        ulong tss = GdtAddress + TssOffset;
        ReadOnlySpan<ulong> descriptors =
        [
            0,
            0x00af9b000000ffff, // 0x08 code, CPL 0
            0x00cf93000000ffff, // 0x10 data, CPL 0
            0x00cff3000000ffff, // 0x18 data, CPL 3
            0x00affb000000ffff, // 0x20 code, CPL 3
            0x00008b0000000067 | ((tss & 0xffffff) << 16) | ((tss >> 24 & 0xff) << 56),
            tss >> 32,
        ];
        MemoryMarshal.AsBytes(descriptors).CopyTo(gdt);

        // The one field of the TSS that counts: RSP0, where exceptions at CPL 3 switch to.
        BinaryPrimitives.WriteUInt64LittleEndian(gdt[(TssOffset + 4)..], GuestLayout.LibosPrivate + GuestLayout.TrapOffset + GuestLayout.Page);

        Span<byte> idt = system.Range.Slice(2 * GuestLayout.Page, GuestLayout.Page).Span;
        for (int vector = 0; vector < 32; vector++)
        {
            ulong gate = header.TrapGates[vector];
            BinaryPrimitives.WriteUInt64LittleEndian(
                idt[(vector * 16)..], (gate & 0xffff) | (0x08UL << 16) | (0xeeUL << 40) | ((gate >> 16 & 0xffff) << 48));
            BinaryPrimitives.WriteUInt64LittleEndian(idt[((vector * 16) + 8)..], gate >> 32);
        }
    }
}
