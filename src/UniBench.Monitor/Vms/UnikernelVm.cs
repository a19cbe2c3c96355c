using System.Runtime.InteropServices;
using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Rings;

namespace UniBench.Monitor.Vms;

/// <summary>A VM with one vCPU: its private memory, the program text it shares, the rings it sees. Reused for many processes.</summary>
/// <remarks>
/// KVM keeps shadow page tables where hardware cannot walk the guest's. It notices when the guest writes to its page tables,
/// not when the monitor does: whoever changes them from outside calls <see cref="DropShadow"/>. Clones avoid that by having
/// equal page tables most of the time.
/// </remarks>
internal sealed class UnikernelVm : IDisposable
{
    private const int RamSlot = 0;
    private const int LibosSlot = 1;
    private const int SystemSlot = 2;
    private const int TextSlot = 3;
    private const int ShadowSlot = 4;
    private const int GrowthSlots = 8;
    private const int RingSlots = 64;
    private const long InitialRam = 2 << 20;
    private const ulong ShadowAddress = GuestLayout.GpaRings + (8UL << 30);
    private readonly KvmVm vm;
    private readonly SharedPages shared;
    private readonly Ring?[] window = new Ring?[GuestLayout.RingSlots];
    private ProgramImage? program;
    private int windowEnd;
    private int growths;
    private bool needsUserMode = true;
    private long touched;

    public UnikernelVm(KvmDevice device, HostRange memory, LibosImage libos, SharedPages shared, ulong extendedState)
    {
        this.shared = shared;
        Memory = memory;
        vm = device.CreateVm();
        try
        {
            vm.SetMemory(RamSlot, 0, memory.Slice(0, InitialRam), readOnly: false);
            RamSize = InitialRam;
            vm.SetMemory(LibosSlot, GuestLayout.GpaLibos, shared.Libos, readOnly: true);
            vm.SetMemory(SystemSlot, GuestLayout.GpaSystem, shared.SystemRange, readOnly: true);
            Vcpu = vm.CreateVcpu();
            Vcpu.Configure(extendedState, libos.Header.LstarEntry);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public KvmVcpu Vcpu { get; } = null!;

    /// <summary>All addresses that private memory may grow into; the first <see cref="RamSize"/> bytes exist.</summary>
    public HostRange Memory { get; }

    public long RamSize { get; private set; }

    public ProgramImage? Program => program;

    public ref ControlPage Control => ref MemoryMarshal.AsRef<ControlPage>(Memory.Slice(GuestLayout.ControlOffset, GuestLayout.Page).Span);

    public ref CountersPage Counters => ref MemoryMarshal.AsRef<CountersPage>(Memory.Slice(GuestLayout.CountersOffset, GuestLayout.Page).Span);

    public ref TrapPage Trap => ref MemoryMarshal.AsRef<TrapPage>(Memory.Slice(GuestLayout.TrapOffset, GuestLayout.Page).Span);

    public HostRange Bounce => Memory.Slice(GuestLayout.BounceOffset, GuestLayout.BounceSize);

    /// <summary>The last process did not leave through an exit: the vCPU may be anywhere.</summary>
    public void MarkInterrupted() => needsUserMode = true;

    /// <summary>Lays a program into this VM. Registers and control page remain to be set.</summary>
    /// <param name="keepLibraryOs">exec: descriptors and the rest of the library OS's data stay.</param>
    public void Load(ProgramImage image, LibosImage libos, bool keepLibraryOs)
    {
        EnsureRam((long)image.FramesEnd + (1 << 20));
        SetText(image);
        HostRange template = image.Template;
        if (!keepLibraryOs)
        {
            Copy(template, 0, GuestLayout.BounceOffset);
            Memory.Slice(GuestLayout.LibosDataOffset, (long)libos.PrivateEnd - GuestLayout.LibosDataOffset).Span.Clear();
            Copy(template, GuestLayout.LibosDataOffset, (long)libos.PrivateEnd - GuestLayout.LibosDataOffset);
        }

        Copy(template, GuestLayout.TablesOffset, (long)image.TablesNext - GuestLayout.TablesOffset);
        Copy(template, (long)libos.PrivateEnd, (long)(image.FramesEnd - libos.PrivateEnd));
        touched = Math.Max(touched, (long)image.FramesEnd);
        DropShadow();
    }

    /// <summary>Makes this VM's memory that of the parent, which is stopped in a hypercall.</summary>
    /// <param name="used">Bytes of private memory that the parent uses, checked by the caller.</param>
    public void CloneFrom(UnikernelVm parent, long used)
    {
        EnsureRam(parent.RamSize);
        bool shadowIsStale = SetText(parent.program!);
        HostRange from = parent.Memory;
        Copy(from, 0, GuestLayout.BounceOffset);
        long tables = GuestLayout.TablesSize;
        ulong parentTables = parent.Control.TablesNext;
        if (parentTables is > GuestLayout.TablesOffset and <= GuestLayout.TablesOffset + GuestLayout.TablesSize)
        {
            tables = (long)parentTables - GuestLayout.TablesOffset;
        }

        // A fresh VM is not read: that would map the zero page, and replacing it later walks the MMU notifiers of all VMs.
        bool fresh = touched == 0;
        bool elsewhere = parent.Control.TablesElsewhere != 0;
        if (fresh || elsewhere || shadowIsStale || !from.Slice(GuestLayout.TablesOffset, tables).Span.SequenceEqual(Memory.Slice(GuestLayout.TablesOffset, tables).Span))
        {
            Copy(from, GuestLayout.TablesOffset, tables);
            shadowIsStale = true;
        }

        if (fresh)
        {
            CopyNonZero(from, GuestLayout.LibosDataOffset, used);
        }
        else
        {
            Copy(from, GuestLayout.LibosDataOffset, used - GuestLayout.LibosDataOffset);
        }

        if (shadowIsStale && !fresh)
        {
            DropShadow();
            TableCopies++;
        }

        for (int slot = 0; slot < Math.Max(windowEnd, parent.windowEnd); slot++)
        {
            Show(slot, parent.window[slot]);
        }

        touched = Math.Max(touched, used);
    }

    /// <summary>The program's frames of a vfork child become those of its waiting parent again.</summary>
    public void TakeBack(UnikernelVm child, ulong start, long end) =>
        child.Memory.Slice((long)start, end - (long)start).Span.CopyTo(Memory.Slice((long)start, end - (long)start).Span);

    /// <summary>Clones whose page tables differed from what this VM had before.</summary>
    public long TableCopies { get; private set; }

    /// <summary>Private memory from here on has never been used; what lies below may hold old bytes.</summary>
    public long CleanFrom => touched;

    /// <summary>Remembers how much of private memory a process used, at its end or when it grows.</summary>
    public void NoteUse(long used) => touched = Math.Max(touched, used);

    public void PrepareRegisters(ulong rip, ulong rsp)
    {
        if (needsUserMode)
        {
            Vcpu.EnterUserMode(SharedPages.UserMode);
            needsUserMode = false;
        }

        Vcpu.Registers = new KvmRegisters { Rip = rip, Rsp = rsp, Rflags = 0x3002 };
        Vcpu.CommitRegisters();
    }

    /// <summary>Makes private memory at least that large, in doubling steps.</summary>
    public void EnsureRam(long bytes)
    {
        while (RamSize < bytes)
        {
            long size = Math.Min(RamSize, Memory.Length - RamSize);
            if (size <= 0)
            {
                throw new EngineException($"a VM needs {bytes} bytes; at most {Memory.Length} are possible");
            }

            vm.SetMemory(GrowthSlots + growths++, (ulong)RamSize, Memory.Slice(RamSize, size), readOnly: false);
            RamSize += size;
        }
    }

    /// <summary>The first of that many adjacent free slots of the window, or -1.</summary>
    public int FreeRingSlots(int count)
    {
        int free = 0;
        for (int slot = 0; slot < window.Length; slot++)
        {
            free = window[slot] is null ? free + 1 : 0;
            if (free == count)
            {
                return slot - count + 1;
            }
        }

        return -1;
    }

    /// <summary>Where a ring is visible, or -1.</summary>
    public int SlotOf(Ring ring) => Array.IndexOf(window, ring, 0, windowEnd);

    public Ring? RingAt(ulong slot) => slot < (ulong)window.Length ? window[slot] : null;

    /// <summary>Rings that are visible, with their slots.</summary>
    public IEnumerable<(int Slot, Ring Ring)> VisibleRings()
    {
        for (int slot = 0; slot < windowEnd; slot++)
        {
            if (window[slot] is { } ring)
            {
                yield return (slot, ring);
            }
        }
    }

    /// <summary>Lets the guest see a ring in a slot of its window, or with null no ring.</summary>
    public void Show(int slot, Ring? ring)
    {
        if (window[slot] == ring)
        {
            return;
        }

        // A memory slot each, not an mmap: an mmap walks the MMU notifiers of all VMs of this process, 2.5 us apiece.
        ulong address = GuestLayout.GpaRings + ((ulong)slot * GuestLayout.RingStride);
        if (window[slot] is not null)
        {
            vm.RemoveMemory(RingSlots + slot, address);
        }

        if (ring is not null)
        {
            vm.SetMemory(RingSlots + slot, address, ring.Memory, ring.IsReadOnly);
        }

        window[slot] = ring;
        windowEnd = Math.Max(windowEnd, slot + 1);
    }

    /// <summary>No ring is visible any more.</summary>
    public void HideRings()
    {
        for (int slot = 0; slot < windowEnd; slot++)
        {
            Show(slot, null);
        }
    }

    /// <summary>Gives memory above a limit back to the host, so that one large process does not keep it for ever.</summary>
    public void Trim(HostMapping arena, long arenaOffset, long keep)
    {
        if (touched > keep)
        {
            arena.Discard(arenaOffset + keep, touched - keep);
            touched = keep;
        }
    }

    public void Dispose()
    {
        Vcpu?.Dispose();
        vm.Dispose();
    }

    /// <summary>KVM forgets what it derived from the guest's page tables. Removing any memory slot does that.</summary>
    private void DropShadow()
    {
        vm.SetMemory(ShadowSlot, ShadowAddress, shared.SystemRange.Slice(0, GuestLayout.Page), readOnly: true);
        vm.RemoveMemory(ShadowSlot, ShadowAddress);
    }

    private bool SetText(ProgramImage image)
    {
        if (program == image)
        {
            return false;
        }

        if (program is not null)
        {
            vm.RemoveMemory(TextSlot, GuestLayout.GpaText);
        }

        vm.SetMemory(TextSlot, GuestLayout.GpaText, image.Text, readOnly: true);
        program = image;
        return true;
    }

    /// <summary>Into memory that is all zero: pages that are zero in the parent too stay unbacked.</summary>
    private void CopyNonZero(HostRange from, long start, long end)
    {
        for (long offset = start; offset < end; offset += GuestLayout.Page)
        {
            ReadOnlySpan<byte> page = from.Slice(offset, GuestLayout.Page).Span;
            if (page.IndexOfAnyExcept((byte)0) >= 0)
            {
                page.CopyTo(Memory.Slice(offset, GuestLayout.Page).Span);
            }
        }
    }

    private void Copy(HostRange from, long offset, long bytes)
    {
        const long Piece = 1 << 30;
        for (long done = 0; done < bytes; done += Piece)
        {
            long piece = Math.Min(Piece, bytes - done);
            from.Slice(offset + done, piece).Span.CopyTo(Memory.Slice(offset + done, piece).Span);
        }
    }
}
