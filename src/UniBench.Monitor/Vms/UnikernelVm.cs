using System.Runtime.InteropServices;
using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Vms;

/// <summary>A VM with one vCPU: its private memory, the program text it shares, the rings it sees. Reused for many processes.</summary>
/// <remarks>
/// KVM keeps shadow page tables where hardware cannot walk the guest's. It notices when the guest writes to its page tables,
/// not when the monitor does: whoever changes tables that KVM has seen calls <see cref="DropShadow"/>, which costs up to 300 us.
/// Clones avoid that by having equal page tables most of the time, and exec by taking turns with several regions.
/// Removing a memory slot drops everything, too.
/// </remarks>
internal sealed class UnikernelVm : IDisposable
{
    private const int RamSlot = 0;
    private const int LibosSlot = 1;
    private const int SystemSlot = 2;
    private const int ShadowSlot = 4;
    private const int GrowthSlots = 8;
    private const int TextSlots = 640;
    private const int MostTexts = 32;
    public const long InitialRam = 4 << 20;
    private const ulong ShadowAddress = GuestLayout.GpaRings + (8UL << 30);
    private readonly KvmVm vm;
    private readonly bool isShadowing; // KVM derives shadow page tables
    private readonly bool isWalking; // the CPU walks the page tables, and remembers
    private readonly SharedPages shared;
    private readonly List<ProgramImage> texts = [];
    private ProgramImage? program;
    private int growths;
    private bool needsUserMode = true;
    private bool forgets; // the CPU may remember tables of this VM that the library OS could not run on
    private long touched;
    private long backed; // no page below is missing, as far as a second process of this VM made sure
    private readonly ProgramImage?[] regionImages = new ProgramImage?[GuestLayout.TablesRegions];
    private PinnedBuffer? staged;
    private int region;
    private int runningRegion = -1; // that the vCPU stands on
    private int nextVictim;
    private bool isSuspect; // what is in the page tables may be anything
    private object? owner;
    private int shadowed; // regions of page tables, by bit, from which KVM may have derived something

    public UnikernelVm(KvmDevice device, HostRange memory, ExtentArena extents, LibosImage libos, SharedPages shared, ulong extendedState)
    {
        this.shared = shared;
        Memory = memory;
        vm = device.CreateVm();
        (isShadowing, isWalking) = (device.Paging != GuestPaging.Nested, device.Paging != GuestPaging.Shadow);
        Window = new RingWindow(vm, AllDropped);
        Extents = new ExtentWindow(vm, extents, memory, isShadowing);
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

    /// <summary>Pipes, shared memory and mapped files.</summary>
    public RingWindow Window { get; }

    /// <summary>Memory of a large process, beyond the private one.</summary>
    public ExtentWindow Extents { get; }

    public ref ControlPage Control => ref MemoryMarshal.AsRef<ControlPage>(Memory.Slice(GuestLayout.ControlOffset, GuestLayout.Page).Span);

    public ref CountersPage Counters => ref MemoryMarshal.AsRef<CountersPage>(Memory.Slice(GuestLayout.CountersOffset, GuestLayout.Page).Span);

    public ref TrapPage Trap => ref MemoryMarshal.AsRef<TrapPage>(Memory.Slice(GuestLayout.TrapOffset, GuestLayout.Page).Span);

    public HostRange Bounce => Memory.Slice(GuestLayout.BounceOffset, GuestLayout.BounceSize);

    /// <summary>Where the page tables in use begin.</summary>
    public ulong TablesBase => (ulong)BaseOf(region);

    public PageTables PageTables => new(Memory, TablesBase, at => Extents.At(at, GuestLayout.Page));

    /// <summary>Memory of the process that is no one else's business; null where there is none.</summary>
    public HostRange? At(ulong physical, int bytes) =>
        physical + (ulong)bytes <= (ulong)RamSize ? Memory.Slice((long)physical, bytes) : Extents.At(physical, bytes);

    /// <summary>The last process did not leave through an exit: the vCPU may be anywhere.</summary>
    public void MarkInterrupted()
    {
        needsUserMode = true;
        isSuspect = true;
    }

    /// <summary>The next process belongs to this owner. Another one's may have left page tables that the library OS cannot run on.</summary>
    public void EnterFamily(object next)
    {
        isSuspect |= owner != next;
        owner = next;
    }

    /// <summary>Lays a program into this VM. Registers and control page remain to be set.</summary>
    /// <param name="keepLibraryOs">exec: descriptors and the rest of the library OS's data stay.</param>
    /// <returns>Its page tables, which may be added to until <see cref="UseTables"/>.</returns>
    public PageTables Load(ProgramImage image, LibosImage libos, bool keepLibraryOs)
    {
        Extents.HideAll();
        EnsureRam((long)image.FramesEnd + (1 << 20));
        SetText(image);
        HostRange template = image.Template;
        if (!keepLibraryOs)
        {
            Copy(template, 0, GuestLayout.BounceOffset);
            Memory.Slice(GuestLayout.LibosDataOffset, (long)libos.PrivateEnd - GuestLayout.LibosDataOffset).Span.Clear();
            Copy(template, GuestLayout.LibosDataOffset, (long)libos.PrivateEnd - GuestLayout.LibosDataOffset);
        }

        Copy(template, (long)libos.PrivateEnd, (long)(image.FramesEnd - libos.PrivateEnd));
        touched = Math.Max(touched, (long)image.FramesEnd);
        int next = RegionFor(image, keepLibraryOs ? region : -1);
        staged ??= new PinnedBuffer(GuestLayout.TablesSize);
        image.TablesFor(next).CopyTo(staged.RangeFrom(0).Span);
        region = next;
        return new PageTables(staged.RangeFrom(BaseOf(next)), TablesBase);
    }

    /// <summary>The page tables of a loaded program are complete: they take effect when the vCPU next runs.</summary>
    /// <param name="tablesNext">Where they end.</param>
    public void UseTables(ulong tablesNext)
    {
        long bytes = (long)(tablesNext - TablesBase);
        Retable(region, program!, staged!.RangeFrom(0).Slice(0, bytes).Span);
    }

    /// <summary>Makes this VM's memory that of the parent, which is stopped in a hypercall.</summary>
    /// <param name="used">Bytes of private memory that the parent uses, checked by the caller.</param>
    /// <param name="borrow">vfork: what lies in extents is the parent's own, until <see cref="TakeBack"/>.</param>
    public void CloneFrom(UnikernelVm parent, long used, bool borrow)
    {
        EnsureRam(parent.RamSize);
        SetText(parent.program!);
        HostRange from = parent.Memory;
        bool untouched = touched == 0;
        long tables = GuestLayout.TablesSize;
        long parentTables = (long)(parent.Control.TablesNext - parent.TablesBase);
        if (parentTables is > 0 and <= GuestLayout.TablesSize)
        {
            tables = parentTables;
        }

        if (untouched)
        {
            Memory.Slice(0, GuestLayout.BounceOffset).Populate();
            Memory.Slice(BaseOf(parent.region), tables).Populate();
        }

        Copy(from, 0, GuestLayout.BounceOffset);
        region = parent.region;
        Retable(region, parent.program!, isWalking && !borrow && parent.Extents.HeldBytes > 0 ? TablesOfChild(parent, tables) : from.Slice(BaseOf(region), tables).Span);

        if (untouched)
        {
            CopyNonZero(from, GuestLayout.LibosDataOffset, used);
        }
        else
        {
            if (backed < used)
            {
                long start = Math.Max(backed, GuestLayout.LibosDataOffset); // what a first process left unbacked, and what it had no use for
                Memory.Slice(start, used - start).Populate();
                backed = used;
            }

            Copy(from, GuestLayout.LibosDataOffset, used - GuestLayout.LibosDataOffset);
        }

        Window.Copy(parent.Window);
        Control.Borrowed = borrow ? 1u : 0;
        if (borrow)
        {
            Extents.Borrow(parent.Extents);
        }
        else
        {
            Extents.Inherit(parent.Extents);
        }

        touched = Math.Max(touched, used);
    }

    /// <summary>The address space of a vfork child becomes that of its waiting parent again.</summary>
    /// <param name="used">Bytes of private memory that the child uses.</param>
    public void TakeBack(UnikernelVm child, LibosImage libos, long used)
    {
        EnsureRam(used);
        Copy(child.Memory, (long)libos.PrivateEnd, used - (long)libos.PrivateEnd);
        Copy(child.Memory, (long)(libos.Header.MemoryState - GuestLayout.LibosPrivate), (long)(libos.Header.MemoryStateEnd - libos.Header.MemoryState));
        NoteUse(used);
        ref ControlPage control = ref Control;
        ref readonly ControlPage changed = ref child.Control;
        control.FramesNext = changed.FramesNext;
        control.RamLimit = Math.Min((ulong)RamSize, control.RamMax);
        control.CleanFrom = (ulong)CleanFrom;
        control.TablesNext = changed.TablesNext;
        control.TableChanges = changed.TableChanges;
        control.ExtentPages = changed.ExtentPages;
        control.Extents = changed.Extents;
        (control.RunNext, control.RunEnd, control.RunClean) = (changed.RunNext, changed.RunEnd, changed.RunClean);
        child.Extents.GiveBack(Extents);
        long tables = (long)(control.TablesNext - TablesBase);
        if (tables is > 0 and <= GuestLayout.TablesSize)
        {
            Retable(region, program!, child.Memory.Slice(BaseOf(child.region), tables).Span);
        }
    }

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
            Vcpu.EnterUserMode(SharedPages.UserMode(TablesBase), forgets);
            needsUserMode = forgets = false;
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

    /// <summary>Gives memory above a limit back to the host, so that one large process does not keep it for ever.</summary>
    public void Trim(HostMapping arena, long arenaOffset, long keep)
    {
        if (touched > keep)
        {
            arena.Discard(arenaOffset + keep, touched - keep);
            touched = keep;
            backed = Math.Min(backed, keep);
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
        AllDropped();
    }

    /// <summary>A memory slot was removed. KVM will soon look again at the tables that the vCPU stands on.</summary>
    private void AllDropped() => shadowed = runningRegion >= 0 ? 1 << runningRegion : 0;

    private ReadOnlySpan<byte> TablesOfChild(UnikernelVm parent, long bytes)
    {
        staged ??= new PinnedBuffer(GuestLayout.TablesSize);
        Span<byte> tables = staged.RangeFrom(0).Slice(0, bytes).Span;
        parent.Memory.Slice(BaseOf(parent.region), bytes).Span.CopyTo(tables);
        PageTables.HideTablesOfExtents(tables, parent.TablesBase);
        return tables;
    }

    private static long BaseOf(int tables) => GuestLayout.TablesOffset + ((long)tables * GuestLayout.TablesSize);

    private bool IsShadowed(int tables) => isShadowing && (shadowed >> tables & 1) != 0;

    /// <summary>Where the tables of a new program go: best where its own were before, but not where those of the running one are.</summary>
    /// <param name="running">Region of the program that is replaced; -1: none.</param>
    private int RegionFor(ProgramImage image, int running)
    {
        for (int i = 0; i < GuestLayout.TablesRegions; i++)
        {
            if (i != running && regionImages[i] == image)
            {
                return i;
            }
        }

        do
        {
            nextVictim = (nextVictim + 1) % GuestLayout.TablesRegions;
        }
        while (nextVictim == running);
        return nextVictim;
    }

    /// <summary>Makes a region's tables what they should be. What KVM has seen of them the guest itself must change; only if that is too much, all is dropped.</summary>
    /// <remarks>
    /// Where the CPU walks the tables they are just written, because it is not running on them now. But it remembers what it saw: entries of
    /// the same root, and where tables of tables were, across exits and from process to process. The first code of the library OS therefore
    /// makes it forget (<see cref="ControlPage.TablesSwitch"/>). That code itself runs on what is remembered; so it must be the same in the
    /// old and the new tables, as it is for one program (its image has the library OS's tables in fixed places, and nobody moves them) and
    /// for another region, which keeps the old tables until then. Otherwise, and after a process that was not this family's or was stopped
    /// anywhere, the CPU is made to forget from outside.
    /// </remarks>
    private void Retable(int target, ProgramImage image, ReadOnlySpan<byte> wanted)
    {
        forgets |= isWalking && (isSuspect || (runningRegion == target && regionImages[target] != image));
        needsUserMode |= forgets;
        regionImages[target] = image;
        ref ControlPage control = ref Control;
        Span<byte> there = Memory.Slice(BaseOf(target), wanted.Length).Span;
        int patches = IsShadowed(target) ? WritePatches(there, wanted, (ulong)BaseOf(target)) : -1;
        if (isSuspect)
        {
            // Tables that are right already may be stood on; others only after they have been made right from outside.
            needsUserMode |= runningRegion != target;
            patches = patches > 0 ? -1 : patches;
        }

        if (patches < 0)
        {
            wanted.CopyTo(there);
            if (IsShadowed(target))
            {
                DropShadow();
                TableCopies++;
            }

            patches = 0;
        }

        shadowed |= 1 << target;
        control.PatchCount = (uint)patches;
        control.TablesSwitch = isWalking || patches > 0 || runningRegion != target ? 1u : 0;
        runningRegion = target;
        isSuspect = false;
    }

    /// <summary>Lists the entries that differ, in the bounce buffer.</summary>
    /// <returns>How many; -1 if they do not fit.</returns>
    private int WritePatches(ReadOnlySpan<byte> there, ReadOnlySpan<byte> wanted, ulong address)
    {
        ReadOnlySpan<ulong> old = MemoryMarshal.Cast<byte, ulong>(there), fresh = MemoryMarshal.Cast<byte, ulong>(wanted);
        Span<TablePatch> patches = MemoryMarshal.Cast<byte, TablePatch>(Bounce.Span);
        int count = 0;
        for (int at = old.CommonPrefixLength(fresh); at < old.Length; at += 1 + old[(at + 1)..].CommonPrefixLength(fresh[(at + 1)..]))
        {
            if (count == patches.Length)
            {
                return -1;
            }

            patches[count++] = new TablePatch { Address = address + ((ulong)at * 8), Entry = fresh[at] };
        }

        return count;
    }

    /// <summary>Lets the guest see a program's text, which has an address of its own; texts of earlier programs stay.</summary>
    private void SetText(ProgramImage image)
    {
        program = image;
        if (texts.Contains(image))
        {
            return;
        }

        if (texts.Count == MostTexts)
        {
            for (int i = 0; i < texts.Count; i++)
            {
                vm.RemoveMemory(TextSlots + i, texts[i].TextAddress);
            }

            texts.Clear();
            AllDropped();
        }

        vm.SetMemory(TextSlots + texts.Count, image.TextAddress, image.Text, readOnly: true);
        texts.Add(image);
    }

    /// <summary>Into memory that is all zero: pages that are zero in the parent too stay unbacked, the others are backed a run at a time.</summary>
    private void CopyNonZero(HostRange from, long start, long end)
    {
        for (long offset = start; offset < end; offset += GuestLayout.Page)
        {
            long run = offset;
            while (run < end && from.Slice(run, GuestLayout.Page).Span.ContainsAnyExcept((byte)0))
            {
                run += GuestLayout.Page;
            }

            if (run > offset)
            {
                Memory.Slice(offset, run - offset).Populate();
                Copy(from, offset, run - offset);
                offset = run; // which is zero
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
