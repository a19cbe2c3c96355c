using System.Globalization;
using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Kvm;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>A VM of KVM's with one vCPU.</summary>
/// <remarks>
/// KVM keeps shadow page tables where hardware cannot walk the guest's. It notices when the guest writes to its page tables,
/// not when the monitor does: whoever changes tables that KVM has seen calls <see cref="DropShadow"/>, which costs up to 300 us.
/// Removing a memory slot drops everything, too.
/// </remarks>
internal sealed class KvmMachine : Machine
{
    private const int ShadowSlot = 4;
    private const int MostPieces = 8; // in which KVM asks for the bytes of one instruction, and some more
    private const ulong ShadowAddress = GuestLayout.GpaWindow + (8UL << 30);
    private readonly KvmVm vm;
    private readonly KvmVcpu vcpu = null!;
    private readonly SharedPages shared;
    private readonly LibosImage libos;
    private readonly LibosHeader header;
    private readonly HostMapping arena;
    private readonly long arenaOffset;
    private readonly bool isShadowing; // KVM derives shadow page tables
    private readonly bool isWalking; // the CPU walks the page tables, and remembers
    private readonly ProgramImage?[] regionPrograms = new ProgramImage?[GuestLayout.TablesRegions];
    private bool needsUserMode = true;
    private bool forgets; // the CPU may remember tables of this VM that the library OS could not run on
    private int runningRegion = -1; // that the vCPU stands on
    private bool isSuspect; // what is in the page tables may be anything
    private bool isUnfinished; // KVM waits for an answer in the middle of an instruction
    private bool isSpent;
    private const int PageFault = 14;
    private Breakage broken;
    private ulong beyondFile; // address of the fault that MachineExit.BeyondFile is about
    private readonly Parker workerParker = new();
    private int shadowed; // regions of page tables, by bit, from which KVM may have derived something

    /// <param name="arena">Its private memory lies there, from the offset on.</param>
    public KvmMachine(KvmDevice device, HostMapping arena, long arenaOffset, long mostRam, ExtentArena extents, LibosImage libos, SharedPages shared, ulong extendedState)
        : base(arena.Range.Slice(arenaOffset, mostRam), extents, device.Paging != GuestPaging.Nested)
    {
        (isShadowing, isWalking) = (device.Paging != GuestPaging.Nested, device.Paging != GuestPaging.Shadow);
        this.arena = arena;
        this.arenaOffset = arenaOffset;
        this.shared = shared;
        this.libos = libos;
        header = libos.Header;
        vm = device.CreateVm();
        try
        {
            vm.SetMemory(RamSlot, 0, Memory.Slice(0, InitialRam), readOnly: false);
            vm.SetMemory(LibosSlot, GuestLayout.GpaLibos, shared.Libos.Range, readOnly: true);
            vm.SetMemory(SystemSlot, GuestLayout.GpaSystem, shared.SystemPages.Range, readOnly: true);
            vcpu = vm.CreateVcpu();
            vcpu.Configure(extendedState, header.LstarEntry);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override MachineCall Call
    {
        get
        {
            ref readonly KvmRegisters r = ref vcpu.Registers;
            return new MachineCall(r.Rax, r.Rdi, r.Rsi, r.Rdx, r.R10, r.R8, r.R9);
        }
    }

    public override GuestRegisters Registers
    {
        get
        {
            ref readonly KvmRegisters r = ref vcpu.Registers;
            return new GuestRegisters
            {
                Rax = r.Rax, Rbx = r.Rbx, Rcx = r.Rcx, Rdx = r.Rdx, Rsi = r.Rsi, Rdi = r.Rdi, Rbp = r.Rbp, Rsp = r.Rsp,
                R8 = r.R8, R9 = r.R9, R10 = r.R10, R11 = r.R11, R12 = r.R12, R13 = r.R13, R14 = r.R14, R15 = r.R15,
                Rip = r.Rip, Rflags = r.Rflags,
            };
        }
    }

    public override Breakage Broken => broken;

    public override bool IsSpent => isSpent;

    public override bool CanRenew => true;

    public override long OutsideCpuNs => 0;

    public override bool RunsByItself => false;

    public override long Sleeps => 0;

    protected override bool HidesTablesOfExtents => isWalking;

    public override IReadOnlyDictionary<string, long> Statistics() => vcpu.Statistics();

    public override MachineExit Run(int spins)
    {
        KvmExitReason reason = vcpu.Run();
        switch (reason)
        {
            case KvmExitReason.Io when vcpu.IoPort == GuestLayout.Port && vcpu.IoIsWrite:
                return MachineExit.Call;
            case KvmExitReason.Io when !libos.Contains(vcpu.Registers.Rip):
                vcpu.RequestExit(true); // KVM first has to be done with the instruction, before registers may change
                isUnfinished = true;
                return MachineExit.ForbiddenInstruction;
            case KvmExitReason.Interrupted:
                vcpu.RequestExit(false);
                isUnfinished = false;
                return MachineExit.Interrupted;
            case KvmExitReason.Failed when vcpu.LastErrno == Errno.EFAULT && WindowAccess.Of(this, vcpu.Registers, libos.Contains(vcpu.Registers.Rip)) is { } address && HasTrapStack:
                beyondFile = address;
                return MachineExit.BeyondFile;
            default:
                (isUnfinished, isSpent) = (reason == KvmExitReason.Mmio, reason != KvmExitReason.Mmio);
                broken = reason switch
                {
                    KvmExitReason.Mmio => new Breakage(7, string.Create(CultureInfo.InvariantCulture, $"touched guest-physical address 0x{vcpu.MmioAddress:x}, where nothing is")),
                    KvmExitReason.Failed => new Breakage(vcpu.LastErrno == Errno.EFAULT ? 7 : 9, $"KVM_RUN: {Errno.Name(vcpu.LastErrno)}"),
                    KvmExitReason.InternalError => new Breakage(4, $"KVM_RUN: internal error, suberror {vcpu.InternalSuberror}: an instruction that KVM cannot emulate"),
                    _ => new Breakage(11, $"KVM_RUN: unexpected exit {reason}"),
                };
                return MachineExit.Broken;
        }
    }

    public override void Return(long result)
    {
        vcpu.Registers.Rax = (ulong)result;
        vcpu.CommitRegisters();
    }

    public override void StartAt(ulong rip, ulong rsp)
    {
        if (needsUserMode)
        {
            vcpu.EnterUserMode(SharedPages.UserMode(TablesBase), forgets);
            needsUserMode = forgets = false;
        }

        vcpu.Registers = new KvmRegisters { Rip = rip, Rsp = rsp, Rflags = 0x3002 };
        vcpu.CommitRegisters();
    }

    public override long ReadOutsideCpu() => 0;

    public override void AwaitWork(int spins) => workerParker.Park(0, spins);

    public override void CallWorker() => workerParker.Wake();

    public override void Begin()
    {
        // Whoever calls Run is the vCPU.
    }

    public override void Interrupt(int threadId, bool ending)
    {
        vcpu.RequestExit(true);
        HostThread.Interrupt(threadId);
    }

    public override void MarkInterrupted()
    {
        needsUserMode = true;
        isSuspect = true;
    }

    /// <remarks>An instruction that KVM has not finished it finishes when the vCPU next runs, whatever registers it has by then.</remarks>
    public override void Rest()
    {
        if (isUnfinished)
        {
            Finish();
        }
    }

    public override bool Confine(CpuMask cpus) => false;

    public override void EnterLibraryOs()
    {
        ref KvmRegisters r = ref vcpu.Registers;
        if (r.Rip == header.ExitJump)
        {
            r.Rip = r.Rcx; // the system call is over, all registers are the program's
        }
        else if (r.Rip >= header.ExitCheck && r.Rip < header.ExitJump)
        {
            r.Rip = header.ExitCheck; // it looked before the signal came: let it look again
            vcpu.CommitRegisters();
            return;
        }
        else if (r.Rip >= header.TrapCheck && r.Rip <= header.TrapIret)
        {
            r.Rsp += r.Rip == header.TrapIret ? 40UL : 0;
            r.Rip = header.TrapCheck;
            vcpu.CommitRegisters();
            return;
        }
        else if (libos.Contains(r.Rip))
        {
            return; // it will look on its way out
        }

        if (vcpu.HasQueuedException())
        {
            return; // the library OS is about to be entered anyhow
        }

        if (HasTrapStack)
        {
            EnterTrap(header.MonitorTrap);
        }
    }

    public override void RaiseBeyondFile()
    {
        const ulong User = 4;
        Trap.Address = beyondFile;
        Put(48, GuestLayout.FaultBeyondFile | User);
        EnterTrap(Trap.Frames[PageFault * 5]);
    }

    /// <summary>The stack of exceptions is where it should be. Else the program has destroyed the library OS's data; it will not be helped.</summary>
    private bool HasTrapStack => TrapStack is var stack && stack >= GuestLayout.LibosPrivate + GuestLayout.LibosDataOffset && stack <= header.BssEnd;

    private ulong TrapStack => Trap.Frames[(PageFault * 5) + 3];

    /// <summary>As the CPU enters a handler through a gate.</summary>
    private void EnterTrap(ulong handler)
    {
        ref KvmRegisters r = ref vcpu.Registers;
        Trap.Rax = r.Rax;
        Put(40, r.Rip);
        Put(32, 0x23);
        Put(24, r.Rflags);
        Put(16, r.Rsp);
        Put(8, 0x1b);
        r.Rip = handler;
        r.Rsp = TrapStack;
        r.Rflags = 0x3002;
        vcpu.CommitRegisters();
    }

    /// <summary>A word of the frame that the CPU leaves.</summary>
    /// <param name="fromEnd">Of the trap page.</param>
    private void Put(int fromEnd, ulong value) =>
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(Memory.Slice(GuestLayout.TrapOffset, GuestLayout.Page).Span[^fromEnd..], value);

    public override void Set(int slot, ulong address, HostMemory memory, bool readOnly) => vm.SetMemory(slot, address, memory.Range, readOnly);

    public override void Remove(int slot, ulong address)
    {
        vm.RemoveMemory(slot, address);
        AllDropped();
    }

    protected override void Close()
    {
        vcpu?.Dispose();
        vm.Dispose();
        workerParker.Dispose();
    }

    protected override void GrowRam(int slot, long offset, long bytes) => vm.SetMemory(slot, (ulong)offset, Memory.Slice(offset, bytes), readOnly: false);

    protected override void Discard(long offset, long bytes) => arena.Discard(arenaOffset + offset, bytes);

    /// <remarks>
    /// A guest can come to CPL 0 by changing its page tables, and there change all that a kernel can. Nothing tells whether it did, so all
    /// is set back; even after an exit hypercall KVM may not have finished an instruction that the guest chose.
    /// </remarks>
    protected override bool TryReset()
    {
        Finish();
        if (isSpent || !vcpu.TryReset())
        {
            return false;
        }

        ClearMemory();
        Array.Clear(regionPrograms);
        isSuspect = true;
        needsUserMode = true;
        forgets = isWalking;
        return true;
    }

    /// <summary>All but page tables from which KVM derived something, which it would not see change: to derive it anew costs a process a millisecond. They say which pages were used, not what was in them.</summary>
    private void ClearMemory()
    {
        long at = 0;
        for (int i = 0; i < GuestLayout.TablesRegions; i++)
        {
            if (IsShadowed(i))
            {
                arena.Clear(arenaOffset + at, BaseOf(i) - at);
                at = BaseOf(i) + GuestLayout.TablesSize;
            }
        }

        arena.Clear(arenaOffset + at, RamSize - at);
    }

    private void Finish()
    {
        vcpu.RequestExit(true);
        for (int i = 0; i < MostPieces && vcpu.Run() != KvmExitReason.Interrupted; i++)
        {
            isSpent = i == MostPieces - 1;
        }

        vcpu.RequestExit(false);
        isUnfinished = false;
    }

    protected override void OwnerEnters(FamilyPage next)
    {
        // It is as new.
    }

    /// <summary>KVM forgets what it derived from the guest's page tables. Removing any memory slot does that.</summary>
    private void DropShadow()
    {
        vm.SetMemory(ShadowSlot, ShadowAddress, shared.SystemPages.Range.Slice(0, GuestLayout.Page), readOnly: true);
        vm.RemoveMemory(ShadowSlot, ShadowAddress);
        AllDropped();
    }

    /// <summary>A memory slot was removed. KVM will soon look again at the tables that the vCPU stands on.</summary>
    private void AllDropped() => shadowed = runningRegion >= 0 ? 1 << runningRegion : 0;

    private bool IsShadowed(int tables) => isShadowing && (shadowed >> tables & 1) != 0;

    /// <summary>What KVM has seen of them the guest itself must change; only if that is too much, all is dropped.</summary>
    /// <remarks>
    /// Where the CPU walks the tables they are just written, because it is not running on them now. But it remembers what it saw: entries of
    /// the same root, and where tables of tables were, across exits and from process to process. The first code of the library OS therefore
    /// makes it forget (<see cref="ControlPage.TablesSwitch"/>). That code itself runs on what is remembered; so it must be the same in the
    /// old and the new tables, as it is for one program (its image has the library OS's tables in fixed places, and nobody moves them) and
    /// for another region, which keeps the old tables until then. Otherwise, and after a process that was not this family's or was stopped
    /// anywhere, the CPU is made to forget from outside.
    /// </remarks>
    protected override void Retable(int target, ProgramImage image, ReadOnlySpan<byte> wanted)
    {
        forgets |= isWalking && (isSuspect || (runningRegion == target && regionPrograms[target] != image));
        needsUserMode |= forgets;
        regionPrograms[target] = image;
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
}
