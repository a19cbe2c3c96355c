using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Machines;

/// <summary>What a process runs on: private memory, the program text it shares, the rings it sees, and something that executes it. Reused for many processes.</summary>
/// <remarks>
/// Page tables in private memory are the truth about what the guest sees. A machine derives something from them (shadow page tables,
/// mappings of the host), which <see cref="Retable"/> keeps right when the monitor changes them: clones avoid that by having equal page
/// tables most of the time, and exec by taking turns with several regions.
/// </remarks>
internal abstract class Machine : IMemorySlots, IDisposable
{
    protected const int RamSlot = 0;
    protected const int LibosSlot = 1;
    protected const int SystemSlot = 2;
    private const int GrowthSlots = 8;
    private const int TextSlots = 640;
    private const int MostTexts = 32;
    public const long InitialRam = 6 << 20;
    private readonly ProgramImage?[] texts = new ProgramImage?[MostTexts]; // by slot
    private ProgramImage? program;
    private int growths;
    private long touched;
    private bool isWarm; // some process, of any family, backed most of its pages
    private long backed; // no page below is missing, as far as a second process of this machine made sure
    private readonly ProgramImage?[] regionImages = new ProgramImage?[GuestLayout.TablesRegions];
    private PinnedBuffer? staged;
    private int region;
    private int nextVictim;
    private bool hasForeignTexts; // of programs that another family ran
    private readonly Lock lendingGate = new();
    private volatile Machine? lender; // its process, a vfork child, has the frames of its waiting parent, which are that one's; given up with lendingGate held

    /// <param name="memory">All that private memory may grow into.</param>
    /// <param name="isShadowing">What was derived from page tables does not follow when they change.</param>
    protected Machine(HostRange memory, ExtentArena extents, bool isShadowing)
    {
        Memory = memory;
        Window = new Window(this);
        Extents = new ExtentWindow(this, extents, memory, isShadowing);
    }

    /// <summary>All addresses that private memory may grow into; the first <see cref="RamSize"/> bytes exist.</summary>
    public HostRange Memory { get; }

    public long RamSize { get; private set; } = InitialRam;

    public ProgramImage? Program => program;

    /// <summary>Pipes, shared memory and mapped files.</summary>
    public Window Window { get; }

    /// <summary>Memory of a large process, beyond the private one.</summary>
    public ExtentWindow Extents { get; }

    public ref ControlPage Control => ref Memory.At<ControlPage>(GuestLayout.ControlOffset);

    public ref CountersPage Counters => ref Memory.At<CountersPage>(GuestLayout.CountersOffset);

    public ref TrapPage Trap => ref Memory.At<TrapPage>(GuestLayout.TrapOffset);

    public HostRange Bounce => Memory.Slice(GuestLayout.BounceOffset, GuestLayout.BounceSize);

    /// <summary>Where the page tables in use begin.</summary>
    public ulong TablesBase => (ulong)BaseOf(region);

    public PageTables PageTables => new(Memory, TablesBase, at => Extents.At(at, GuestLayout.Page));

    /// <summary>Clones whose page tables differed from what this machine had before.</summary>
    public long TableCopies { get; protected set; }

    /// <summary>The hypercall of the last <see cref="MachineExit.Call"/>.</summary>
    public abstract MachineCall Call { get; }

    /// <summary>Registers where it stopped, as far as they are known.</summary>
    public abstract GuestRegisters Registers { get; }

    /// <summary>After <see cref="MachineExit.BeyondFile"/>: the library OS is entered as by a page fault there.</summary>
    public abstract void RaiseBeyondFile();

    /// <summary>Why it can run no further, after <see cref="MachineExit.Broken"/>.</summary>
    public abstract Breakage Broken { get; }

    /// <summary>What is below the guest counted of its run, by its own names.</summary>
    public abstract IReadOnlyDictionary<string, long> Statistics();

    /// <summary>Times, in its life, that its process slept without the monitor.</summary>
    public abstract long Sleeps { get; }

    /// <summary>It is of no more use: the pool throws it away.</summary>
    public abstract bool IsSpent { get; }

    /// <summary>CPU time in nanoseconds that it used beside its worker's thread, in its life, when it was last read.</summary>
    public abstract long OutsideCpuNs { get; }

    /// <summary>The same, read now.</summary>
    public abstract long ReadOutsideCpu();

    /// <summary>Its process goes its own ways: the worker is needed only for what that asks of it.</summary>
    public abstract bool RunsByItself { get; }

    /// <summary>On the worker's thread, between two processes: returns when <see cref="CallWorker"/> was called, or the process that was begun asks for something.</summary>
    /// <param name="spins">How often to look before sleeping.</param>
    public abstract void AwaitWork(int spins);

    /// <summary>Wakes the worker. From any thread; a call that comes before it sleeps is kept.</summary>
    public abstract void CallWorker();

    /// <summary>Runs the guest until something needs the monitor. On its worker's thread.</summary>
    /// <param name="spins">How often to look before sleeping, where the guest runs by itself.</param>
    public abstract MachineExit Run(int spins);

    /// <summary>The result of the last call, for when it next runs.</summary>
    public abstract void Return(long result);

    /// <summary>It next runs from there, whatever it did before.</summary>
    public abstract void StartAt(ulong rip, ulong rsp);

    /// <summary>A machine that needs no thread of the monitor for that runs now, before <see cref="Run"/> waits for it.</summary>
    public abstract void Begin();

    /// <summary>Makes a running guest come out, or its library OS look at what is pending. From any thread.</summary>
    /// <param name="threadId">Of the worker.</param>
    /// <param name="ending">The process is to end: it must come out.</param>
    public abstract void Interrupt(int threadId, bool ending);

    /// <summary>After <see cref="MachineExit.Interrupted"/>: if the program itself was running, the library OS takes over as after an exception.</summary>
    public abstract void EnterLibraryOs();

    /// <summary>The process did not leave through an exit: its machine may be anywhere.</summary>
    public abstract void MarkInterrupted();

    /// <summary>CPUs that the next process's family may use. A machine that the host schedules like any process runs on all of them.</summary>
    /// <returns>False: its worker's thread is it, and goes where the family puts it.</returns>
    public abstract bool Confine(CpuMask cpus);

    public abstract void Set(int slot, ulong address, HostMemory memory, bool readOnly);

    public abstract void Remove(int slot, ulong address);

    /// <summary>Memory of the process that is no one else's business; null where there is none.</summary>
    public HostRange? At(ulong physical, int bytes) =>
        physical + (ulong)bytes <= (ulong)RamSize ? Holding(physical).Slice((long)physical, bytes) : Extents.At(physical, bytes);

    /// <summary>Copies such memory, from any thread.</summary>
    public bool TryCopy(ulong physical, Span<byte> to)
    {
        if (physical > (ulong)RamSize || (ulong)to.Length > (ulong)RamSize - physical)
        {
            return Extents.TryCopy(physical, to);
        }

        if (lender is null)
        {
            Memory.Slice((long)physical, to.Length).Span.CopyTo(to);
            return true;
        }

        lock (lendingGate)
        {
            Holding(physical).Slice((long)physical, to.Length).Span.CopyTo(to);
            return true;
        }
    }

    /// <summary>Writes to such memory, from any thread.</summary>
    public bool TryWrite(ulong physical, ReadOnlySpan<byte> from)
    {
        if (physical > (ulong)RamSize || (ulong)from.Length > (ulong)RamSize - physical)
        {
            return Extents.TryWrite(physical, from);
        }

        if (lender is null)
        {
            from.CopyTo(Memory.Slice((long)physical, from.Length).Span);
            return true;
        }

        lock (lendingGate)
        {
            from.CopyTo(Holding(physical).Slice((long)physical, from.Length).Span);
            return true;
        }
    }

    /// <summary>Its process sleeps, and the monitor was not asked to wait for anything.</summary>
    public virtual bool IsAsleep => false;

    /// <summary>The family whose bytes it may show; null: nobody's.</summary>
    public FamilyPage? Owner { get; private set; }

    /// <summary>A family's end need not be its own: it can be made as new.</summary>
    public abstract bool CanRenew { get; }

    /// <summary>The next process belongs to this family, as those before it since the machine was as new.</summary>
    public void EnterFamily(FamilyPage next)
    {
        if (Owner != next)
        {
            OwnerEnters(next);
        }

        Extents.Owner = Owner = next;
    }

    /// <summary>Its process is over. On its worker's thread.</summary>
    public abstract void Rest();

    /// <summary>A family is over: nothing of it stays that the next one's processes could see or suffer from. On its worker's thread.</summary>
    /// <returns>False where that cannot be made sure of: the machine must be thrown away.</returns>
    public bool Renew()
    {
        Extents.HideAll();
        Window.Leave();
        hasForeignTexts = true;
        touched = 0;
        Extents.Owner = Owner = null;
        return TryReset();
    }

    /// <summary>Lays a program into this machine. Registers and control page remain to be set.</summary>
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
        NoteUse((long)image.FramesEnd);
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
    public void CloneFrom(Machine parent, long used, bool borrow)
    {
        EnsureRam(parent.RamSize);
        SetText(parent.program!);
        long end = used; // of what is copied
        if (borrow && LendsFrames && parent.lender is null && used <= InitialRam)
        {
            lender = parent;
            ShowFrames(parent);
            end = FramesStart;
        }

        HostRange from = parent.Memory;
        bool untouched = !isWarm;
        long tables = GuestLayout.TablesSize;
        long parentTables = (long)(parent.Control.TablesNext - parent.TablesBase);
        if (parentTables is > 0 and <= GuestLayout.TablesSize)
        {
            tables = parentTables;
        }

        if (untouched)
        {
            Memory.Slice(0, GuestLayout.BounceOffset).Populate();
            Memory.Slice(GuestLayout.DescriptorsOffset, GuestLayout.Page).Populate();
            Memory.Slice(BaseOf(parent.region), tables).Populate();
        }

        Copy(from, 0, GuestLayout.BounceOffset);
        Copy(from, GuestLayout.DescriptorsOffset, Math.Min(parent.Control.Descriptors, GuestLayout.Descriptors) * (long)Marshal.SizeOf<DescriptorEntry>());
        region = parent.region;
        Retable(region, parent.program!, HidesTablesOfExtents && !borrow && parent.Extents.HeldBytes > 0 ? TablesOfChild(parent, tables) : from.Slice(BaseOf(region), tables).Span);

        if (!untouched && backed < end)
        {
            long start = Math.Max(backed, GuestLayout.LibosDataOffset); // what a first process left unbacked, and what it had no use for
            Memory.Slice(start, end - start).Populate();
            backed = end;
        }

        if (parent.lender is { } lent)
        {
            CopyFrom(from, GuestLayout.LibosDataOffset, FramesStart, untouched);
            CopyFrom(lent.Memory, FramesStart, Math.Min(end, InitialRam), untouched);
            CopyFrom(from, InitialRam, end, untouched);
        }
        else
        {
            CopyFrom(from, GuestLayout.LibosDataOffset, end, untouched);
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

        NoteUse(end);
    }

    /// <summary>Its process is a vfork child that has its parent's frames themselves.</summary>
    public bool IsBorrowing => lender is not null;

    /// <summary>Its frames are its own again. On the thread of its process.</summary>
    public void EndBorrowing()
    {
        if (lender is not null)
        {
            lock (lendingGate)
            {
                lender = null;
            }

            ShowFrames(this);
        }
    }

    /// <summary>The address space of a vfork child becomes that of its waiting parent again.</summary>
    /// <param name="used">Bytes of private memory that the child uses.</param>
    public void TakeBack(Machine child, LibosImage libos, long used)
    {
        EnsureRam(used);
        if (!child.IsBorrowing)
        {
            long frames = Math.Min(used, InitialRam) - (long)libos.PrivateEnd;
            (lender ?? this).Copy(child.Memory, (long)libos.PrivateEnd, frames);
        }

        Copy(child.Memory, InitialRam, used - InitialRam);
        child.EndBorrowing();
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

    /// <summary>Up to where a process's frames come from private memory, which fork copies; further ones come from extents, which it shares.</summary>
    /// <param name="start">Where the program's own frames end.</param>
    public virtual ulong SmallLimit(ulong start) => Math.Max(5 << 20, start + (1 << 20));

    /// <summary>Private memory from here on has never been used; what lies below may hold old bytes.</summary>
    public long CleanFrom => Math.Max(touched, lender?.touched ?? 0);

    /// <summary>Remembers how much of private memory a process used, at its end or when it grows.</summary>
    public void NoteUse(long used)
    {
        touched = Math.Max(touched, used);
        isWarm = true;
    }

    /// <summary>Makes private memory at least that large, in doubling steps.</summary>
    public void EnsureRam(long bytes)
    {
        while (RamSize < bytes)
        {
            long size = Math.Min(RamSize, Memory.Length - RamSize);
            if (size <= 0)
            {
                throw new EngineException($"a process needs {bytes} bytes; at most {Memory.Length} are possible");
            }

            GrowRam(GrowthSlots + growths++, RamSize, size);
            RamSize += size;
        }
    }

    /// <summary>Gives memory above a limit back to the host, so that one large process does not keep it for ever.</summary>
    public void Trim(long keep)
    {
        if (touched > keep)
        {
            Discard(keep, touched - keep);
            touched = keep;
            backed = Math.Min(backed, keep);
        }
    }

    /// <summary>The machine is gone, and nobody's memory is shown in it any more.</summary>
    public void Dispose()
    {
        Extents.Leave();
        Close();
    }

    /// <summary>Gives back what the host has for it.</summary>
    protected abstract void Close();

    /// <summary>A vfork child can have its parent's frames up to <see cref="InitialRam"/> themselves.</summary>
    protected virtual bool LendsFrames => false;

    /// <summary>Where in private memory the frames of programs begin.</summary>
    protected virtual long FramesStart => InitialRam;

    /// <summary>The process has the frames of that machine from now on, or its own.</summary>
    protected virtual void ShowFrames(Machine of)
    {
    }

    /// <summary>A child must not run on page tables that lie in its parent's extents.</summary>
    protected abstract bool HidesTablesOfExtents { get; }

    /// <summary>More private memory exists from now on.</summary>
    protected abstract void GrowRam(int slot, long offset, long bytes);

    /// <summary>Part of private memory reads as zero from now on.</summary>
    protected abstract void Discard(long offset, long bytes);

    /// <summary>Private memory, and what executes the guest, are as they were before anything ran.</summary>
    protected abstract bool TryReset();

    /// <summary>It is this family's from now on.</summary>
    protected abstract void OwnerEnters(FamilyPage next);

    /// <summary>Makes a region's page tables what they should be, and lets the guest run on them next.</summary>
    protected abstract void Retable(int target, ProgramImage image, ReadOnlySpan<byte> wanted);

    protected static long BaseOf(int tables) => GuestLayout.TablesOffset + ((long)tables * GuestLayout.TablesSize);

    private ReadOnlySpan<byte> TablesOfChild(Machine parent, long bytes)
    {
        staged ??= new PinnedBuffer(GuestLayout.TablesSize);
        Span<byte> tables = staged.RangeFrom(0).Slice(0, bytes).Span;
        parent.Memory.Slice(BaseOf(parent.region), bytes).Span.CopyTo(tables);
        PageTables.HideTablesOfExtents(tables, parent.TablesBase);
        return tables;
    }

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

    /// <summary>Lets the guest see a program's text, which has an address of its own; texts of earlier programs stay.</summary>
    private void SetText(ProgramImage image)
    {
        program = image;
        bool isMissing = !texts.Contains(image);
        if (hasForeignTexts || (isMissing && !texts.Contains(null)))
        {
            for (int i = 0; i < texts.Length; i++)
            {
                if (texts[i] is { } old && old != image)
                {
                    Remove(TextSlots + i, old.TextAddress);
                    texts[i] = null;
                }
            }

            hasForeignTexts = false;
        }

        if (isMissing)
        {
            int slot = Array.IndexOf(texts, null);
            Set(TextSlots + slot, image.TextAddress, image.Text, readOnly: true);
            texts[slot] = image;
        }
    }

    /// <summary>Private memory in which that part lies, none of which crosses a border of the frames.</summary>
    private HostRange Holding(ulong physical) => lender is { } it && physical >= (ulong)FramesStart && physical < InitialRam ? it.Memory : Memory;

    private void CopyFrom(HostRange from, long start, long end, bool onlyNonZero)
    {
        if (onlyNonZero)
        {
            CopyNonZero(from, start, end);
        }
        else
        {
            Copy(from, start, end - start);
        }
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
