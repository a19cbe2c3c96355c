using System.Globalization;
using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;
using UniBench.Sandbox;

namespace UniBench.Monitor.Machines;

/// <summary>A process of the host with a seccomp filter, which maps what it was given and nothing else.</summary>
/// <remarks>
/// Hypercalls are messages in memory that both sides map (struct ub_sandbox); who waits sleeps on the word that says whose turn it is.
/// What the guest sees changes by orders that go along with an answer: memory slots, with descriptors over a socket, and
/// addresses for which its mappings are stale. The process is hostile at worst: it may ignore orders, which harms its own family only.
/// </remarks>
internal sealed class SandboxMachine : Machine
{
    public const int KickSignal = 10;
    private const int StopsWithinMs = 1000;
    private const int ObeysWithinMs = 10_000; // orders; an honest process does at once, as soon as it runs
    private const int LooksAfterMs = 2000; // a hostile guest may pass its turn and wake nobody
    private const int FamilySlot = 64 + GuestLayout.WindowSlots; // behind those of the ring window
    private const int FramesSlot = 3;
    private const long Reserved = 4L << 30;
    private static readonly long MonitorWordOffset = Marshal.OffsetOf<SandboxPage>(nameof(SandboxPage.MonitorWaits));
    private readonly SandboxLauncher launcher;
    private readonly HangUpWatch hangUps;
    private readonly HostMapping file;
    private readonly HostSocket socket;
    private readonly int pid;
    private readonly HostProcessReference process;
    private readonly uint ticket;
    private readonly Lock endGate = new();
    private readonly Lock beginGate = new(); // who begins a process and the worker that waits for it agree on whose turn it is
    private readonly Lock reapGate = new(); // a process is reaped once: then its number may be another's
    private readonly Lock orderGate = new();
    private readonly LinkedList<(SandboxOrder Order, HostMemory? Memory)> orders = new(); // not given yet; guarded by orderGate
    private readonly List<(ulong Start, ulong End)> replaced = []; // guest-physical, since the tables were last compared; guarded by orderGate
    private readonly long[] slotBytes = new long[GuestLayout.SandboxSlots];
    private uint turn = 1; // as of the last message: odd, it is the monitor's
    private bool isAnswered;
    private volatile string? abandoned;
    private int runningRegion = -1;
    private ProgramImage? mappedProgram;
    private bool isSuspect; // what it derived from page tables may be older than they are
    private int attention; // changes when the worker is to look at more than its turn
    private int seenAttention; // the worker's
    private readonly long libosBytes;
    private FamilyPage? family;
    private int spinLosses; // in a row, nearly
    private int spinsTried;
    private volatile bool stopping;
    private long stoppingSince;
    private volatile bool killed;
    private volatile bool ended;
    private bool disposed; // guarded by endGate
    private int status = -1; // wait status word, once it is reaped
    private long lastCpuNs;
    private CpuMask? confinement;
    private MachineCall call;

    /// <param name="libosBytes">Of private memory, that the library OS itself uses.</param>
    public SandboxMachine(SandboxLauncher launcher, HangUpWatch hangUps, ExtentArena extents, long libosBytes)
        : this(launcher, hangUps, extents, libosBytes, HostMapping.OfNewFile("machine", GuestLayout.SandboxBytes + InitialRam, GuestLayout.SandboxBytes + Reserved))
    {
    }

    private SandboxMachine(SandboxLauncher launcher, HangUpWatch hangUps, ExtentArena extents, long libosBytes, HostMapping file)
        : base(file.Range.Slice(GuestLayout.SandboxBytes, Reserved), extents, isShadowing: false)
    {
        this.launcher = launcher;
        this.hangUps = hangUps;
        this.file = file;
        this.libosBytes = libosBytes;
        State.Turn = turn;
        (socket, HostSocket theirs) = HostSocket.Pair();
        try
        {
            using (theirs)
            {
                pid = launcher.New(file, theirs);
            }

            process = new HostProcessReference(pid);
            ticket = hangUps.Watch(socket, End);
            Memory.Slice(0, GuestLayout.BounceOffset).Populate();
            Memory.Slice(GuestLayout.DescriptorsOffset, GuestLayout.Page).Populate();
            Memory.Slice(GuestLayout.LibosDataOffset, libosBytes - GuestLayout.LibosDataOffset).Populate();
        }
        catch
        {
            socket.Dispose();
            file.Dispose();
            throw;
        }

        ShowOwn(RamSlot, 0, libosBytes);
        ShowOwn(FramesSlot, libosBytes, InitialRam - libosBytes);
    }

    public override MachineCall Call => call;

    public override GuestRegisters Registers => default; // the process is gone, and its registers with it

    public override void RaiseBeyondFile()
    {
        // The host's SIGBUS brings it there.
    }

    public override Breakage Broken
    {
        get
        {
            int word = Reap();
            int signal = word & 0x7f;
            return abandoned is { } why ? new Breakage(Signal.SIGKILL, $"the sandboxed process did not do what the monitor ordered and was killed: {why}") : signal != 0
                ? new Breakage(signal == Signal.SIGKILL ? 11 : signal, string.Create(CultureInfo.InvariantCulture, $"the sandboxed process was killed by signal {signal}: it destroyed what its library OS needs, or somebody killed it"))
                : new Breakage(11, string.Create(CultureInfo.InvariantCulture, $"the sandboxed process left with status {word >> 8}"));
        }
    }

    public override bool IsSpent => killed || ended;

    // Copying more costs more than the faults of a child that writes; with less even shells would need an extent each.
    public override ulong SmallLimit(ulong start) => start + (512 << 10);

    public override bool CanRenew => false; // whatever it ran may still run in it: no look from outside proves the contrary

    public override long OutsideCpuNs => lastCpuNs;

    public override bool RunsByItself => true;

    public override long Sleeps => (long)State.Sleeps;

    public override bool IsAsleep => Volatile.Read(ref State.Asleep) != 0;

    private ref SandboxPage State => ref file.Range.At<SandboxPage>(0);

    private HostRange TurnWord => file.Range.Slice(0, sizeof(uint));

    private HostRange MonitorWord => file.Range.Slice(MonitorWordOffset, sizeof(uint));

    private bool IsOurs => (turn & 1) != 0;

    protected override bool HidesTablesOfExtents => false; // nobody but its library OS reads them

    public override IReadOnlyDictionary<string, long> Statistics() =>
        new Dictionary<string, long> { ["fills"] = (long)State.Fills, ["faults"] = (long)State.Faults, ["sleeps"] = (long)State.Sleeps };

    public override MachineExit Run(int spins)
    {
        Begin();
        ref SandboxPage state = ref State;
        SpinForCall(spins);
        while (true)
        {
            int heard = Volatile.Read(ref attention);
            uint now = Volatile.Read(ref state.Turn);
            if (now == GuestLayout.TurnEnded)
            {
                WakenByForce();
                return killed ? MachineExit.Interrupted : MachineExit.Broken;
            }

            if (now != turn)
            {
                turn = now | 1; // what a guest makes of it is its own affair
                ReadOnlySpan<ulong> words = state.Call;
                call = new MachineCall(words[0], words[1], words[2], words[3], words[4], words[5], words[6]);
                if (call.Number != GuestLayout.CallStopped)
                {
                    return MachineExit.Call;
                }

                WakenByForce();
                isSuspect = true; // a change of its page tables may have been half done
                return MachineExit.Interrupted;
            }

            if (stopping && Environment.TickCount64 - stoppingSince > StopsWithinMs)
            {
                killed = true; // it does not react
                Reap();
                WakenByForce();
                return MachineExit.Interrupted;
            }

            Sleep(now, heard, stopping ? StopsWithinMs : LooksAfterMs);
        }
    }

    public override void AwaitWork(int spins)
    {
        while (true)
        {
            int heard = Volatile.Read(ref attention);
            if (heard != seenAttention)
            {
                seenAttention = heard;
                return;
            }

            uint now;
            lock (beginGate)
            {
                now = Volatile.Read(ref State.Turn);
                if (now != turn && !IsOurs)
                {
                    return;
                }

                if (now != turn && !ended)
                {
                    killed = true; // nobody had asked it for anything: it is of no more use
                    Reap();
                }
            }

            Sleep(now, heard, int.MaxValue);
        }
    }

    public override void CallWorker()
    {
        Interlocked.Increment(ref attention);
        WakeMonitor();
    }

    public override long ReadOutsideCpu()
    {
        long ns = status >= 0 ? -1 : HostThread.ProcessCpuTimeNs(pid);
        return ns < 0 ? lastCpuNs : lastCpuNs = ns;
    }

    public override void Begin()
    {
        if (!isAnswered)
        {
            return;
        }

        lock (beginGate)
        {
            isAnswered = false;
            try
            {
                while (GiveOrders())
                {
                    PassTurn(again: true);
                    if (!AwaitOrdersDone())
                    {
                        return;
                    }
                }

                PassTurn(again: false);
            }
            catch (HostException e)
            {
                Abandon(e.Message); // here its parent's thread may be, which is not to suffer from it
            }
        }
    }

    public override void Return(long result)
    {
        ref SandboxPage state = ref State;
        state.Result = result;
        state.StartRip = 0;
        isAnswered = true;
    }

    public override void StartAt(ulong rip, ulong rsp)
    {
        ref SandboxPage state = ref State;
        state.StartRip = rip;
        state.StartRsp = rsp;
        state.Stop = 0;
        stopping = false;
        isAnswered = true;
    }

    public override void Interrupt(int threadId, bool ending)
    {
        if (ending)
        {
            if (!stopping)
            {
                Volatile.Write(ref State.Stop, 1);
                stoppingSince = Environment.TickCount64;
                stopping = true;
            }

            CallWorker();
        }

        if (status < 0)
        {
            process.Send(KickSignal);
        }
    }

    public override void Rest()
    {
        // It waits for orders, or is gone.
    }

    public override void EnterLibraryOs()
    {
        // Its signal handler does that.
    }

    public override void MarkInterrupted()
    {
        if (!IsOurs)
        {
            Interrupt(0, ending: true);
            Run(0); // until it has stopped: it must do nothing any more when others hear of its end
        }
    }

    public override bool Confine(CpuMask cpus)
    {
        if (confinement != cpus)
        {
            confinement = cpus;
            HostThread.TrySetAffinity(pid, cpus);
        }

        return true;
    }

    public override void Set(int slot, ulong address, HostMemory memory, bool readOnly)
    {
        slotBytes[slot] = memory.Length;
        Replace(address, memory.Length);
        Order(OrderKind.Show, slot, address, (ulong)memory.Length, (ulong)memory.FileOffset, !readOnly, memory);
    }

    public override void Remove(int slot, ulong address)
    {
        Replace(address, slotBytes[slot]);
        Forget(slot);
        Order(OrderKind.Hide, slot, address, 0, 0, isWritable: false, null);
    }

    protected override void Close()
    {
        hangUps.Forget(socket, ticket);
        Reap();
        lock (endGate)
        {
            disposed = true;
            socket.Dispose();
            file.Dispose();
            process.Dispose();
        }
    }

    protected override void GrowRam(int slot, long offset, long bytes)
    {
        file.Resize(GuestLayout.SandboxBytes + offset + bytes);
        ShowOwn(slot, offset, bytes);
    }

    protected override bool LendsFrames => true;

    protected override long FramesStart => libosBytes;

    protected override void ShowFrames(Machine of)
    {
        long bytes = InitialRam - FramesStart;
        Forget(FramesSlot);
        Replace((ulong)FramesStart, bytes);
        if (of == this)
        {
            ShowOwn(FramesSlot, FramesStart, bytes);
            return;
        }

        HostMemory lent = ((SandboxMachine)of).file.Memory.Slice(GuestLayout.SandboxBytes + FramesStart, bytes);
        Order(OrderKind.Show, FramesSlot, (ulong)FramesStart, (ulong)bytes, (ulong)lent.FileOffset, isWritable: true, lent);
    }

    private void ShowOwn(int slot, long offset, long bytes) =>
        Order(OrderKind.ShowOwn, slot, (ulong)offset, (ulong)bytes, (ulong)(GuestLayout.SandboxBytes + offset), isWritable: true, null);

    protected override void Discard(long offset, long bytes) => file.Discard(GuestLayout.SandboxBytes + offset, bytes);

    protected override bool TryReset() => false;

    protected override void OwnerEnters(FamilyPage next)
    {
        family = next;
        Forget(FamilySlot);
        if (next.Memory is { } memory)
        {
            Set(FamilySlot, GuestLayout.GpaFamily, memory.Memory, readOnly: false);
        }
    }

    protected override void Retable(int target, ProgramImage image, ReadOnlySpan<byte> wanted)
    {
        ref ControlPage control = ref Control;
        Span<byte> there = Memory.Slice(BaseOf(target), wanted.Length).Span;
        (ulong Start, ulong End)[] changed;
        lock (orderGate)
        {
            changed = [.. replaced];
            replaced.Clear();
        }

        if (isSuspect || (mappedProgram is { } last && last != image)) // tables of two programs have nothing in common that were worth looking for
        {
            Unmap(0x10000, GuestLayout.DirectMap);
            Unmap(GuestLayout.WindowsEnd, GuestLayout.StackTop);
            Unmap(GuestLayout.LibosTables, GuestLayout.Sandbox);
            TableCopies++;
            isSuspect = false;
        }
        else if (runningRegion >= 0 && (changed.Length > 0 || runningRegion != target || !there.SequenceEqual(wanted)))
        {
            TableDifference difference = new(Memory.Slice(0, RamSize), wanted, (ulong)BaseOf(target), changed);
            foreach ((ulong start, ulong end) in difference.Find((ulong)BaseOf(runningRegion)))
            {
                Unmap(start, end);
            }

            TableCopies++;
        }

        mappedProgram = image;
        wanted.CopyTo(there);
        control.PatchCount = control.TablesSwitch = 0;
        runningRegion = target;
    }

    private void Order(OrderKind kind, int slot, ulong address, ulong bytes, ulong offset, bool isWritable, HostMemory? memory)
    {
        lock (orderGate)
        {
            orders.AddLast((new SandboxOrder { Kind = (uint)kind, Slot = (uint)slot, Address = address, Bytes = bytes, Offset = offset, Writable = isWritable ? 1u : 0 }, memory));
        }
    }

    /// <summary>What was not shown yet will not be: its memory may be gone by then.</summary>
    private void Forget(int slot)
    {
        lock (orderGate)
        {
            for (LinkedListNode<(SandboxOrder Order, HostMemory? Memory)>? at = orders.First, next; at is not null; at = next)
            {
                next = at.Next;
                if (at.Value.Memory is not null && at.Value.Order.Slot == slot)
                {
                    orders.Remove(at);
                }
            }
        }
    }

    private void Unmap(ulong start, ulong end) => Order(OrderKind.Unmap, 0, start, end - start, 0, isWritable: false, null);

    private void Replace(ulong address, long bytes)
    {
        lock (orderGate)
        {
            replaced.Add((address, address + (ulong)bytes));
        }
    }

    /// <summary>Writes orders down and sends their descriptors.</summary>
    /// <returns>Whether more are left than fit.</returns>
    private bool GiveOrders()
    {
        Span<int> descriptors = stackalloc int[HostSocket.MostDescriptors];
        int waiting = 0;
        ref SandboxPage state = ref State;
        Span<SandboxOrder> list = state.Orders;
        lock (orderGate)
        {
            int count = 0;
            while (count < list.Length && orders.First is { } first)
            {
                (SandboxOrder Order, HostMemory? Memory) next = first.Value;
                orders.RemoveFirst();
                list[count++] = next.Order;
                if (next.Memory is { } memory)
                {
                    descriptors[waiting++] = memory.Mapping.FileFor(next.Order.Writable != 0);
                    if (waiting == descriptors.Length)
                    {
                        socket.Send("d"u8, descriptors);
                        waiting = 0;
                    }
                }
            }

            if (waiting > 0)
            {
                socket.Send("d"u8, descriptors[..waiting]);
            }

            state.OrderCount = (uint)count;
            return orders.Count > 0;
        }
    }

    private void PassTurn(bool again)
    {
        ref SandboxPage state = ref State;
        state.Again = again ? 1u : 0;
        uint ours = turn;
        turn++;
        if (Interlocked.CompareExchange(ref state.Turn, turn, ours) == ours && Volatile.Read(ref state.GuestWaits) != 0)
        {
            HostFutex.Wake(TurnWord);
        }
    }

    /// <returns>False when it is gone.</returns>
    private bool AwaitOrdersDone()
    {
        ref SandboxPage state = ref State;
        long since = Environment.TickCount64;
        uint now;
        while ((now = Volatile.Read(ref state.Turn)) == turn)
        {
            if (Environment.TickCount64 - since > (stopping ? StopsWithinMs : ObeysWithinMs))
            {
                Abandon("no answer");
                return false;
            }

            Sleep(now, attention, stopping ? StopsWithinMs : ObeysWithinMs);
        }

        turn = now == GuestLayout.TurnEnded ? turn : now | 1;
        return now != GuestLayout.TurnEnded;
    }

    /// <summary>It does not do as it is told, as only a process does that its guest has made its own. That it is gone then comes as with any other.</summary>
    private void Abandon(string why)
    {
        abandoned = why;
        Reap();
    }

    /// <summary>Calls often come in a row, and a look costs less than a sleep. The more spins are in vain, the shorter they are.</summary>
    private void SpinForCall(int most)
    {
        const int MostLosses = 7, TryAgain = 64;
        int spins = most >> (++spinsTried % TryAgain == 0 ? 0 : spinLosses);
        ref uint now = ref State.Turn;
        for (int i = 0; i < spins; i++)
        {
            if (Volatile.Read(ref now) != turn)
            {
                spinLosses = Math.Max(0, spinLosses - 2);
                return;
            }

            Thread.SpinWait(8);
        }

        spinLosses += spins > 0 && spinLosses < MostLosses ? 1 : 0;
    }

    /// <summary>Until the turn is another one than was seen, somebody wants attention, or that long.</summary>
    private void Sleep(uint seen, int heard, int mostMs)
    {
        ref SandboxPage state = ref State;
        Interlocked.Exchange(ref state.MonitorWaits, 1);
        if (Volatile.Read(ref state.Turn) == seen && Volatile.Read(ref attention) == heard)
        {
            HostFutex.Wait(MonitorWord, 1, mostMs);
        }

        Volatile.Write(ref state.MonitorWaits, 0);
    }

    private void WakeMonitor()
    {
        lock (endGate)
        {
            if (!disposed)
            {
                Interlocked.Exchange(ref State.MonitorWaits, 0);
                HostFutex.Wake(MonitorWord);
            }
        }
    }

    /// <summary>It was stopped or killed, maybe in its sleep.</summary>
    private void WakenByForce()
    {
        if (Interlocked.Exchange(ref State.Asleep, 0) != 0)
        {
            family?.CountWoken(1);
        }
    }

    /// <summary>The process is gone; on the watch's thread.</summary>
    private void End()
    {
        lock (endGate)
        {
            ended = true;
            if (!disposed)
            {
                Volatile.Write(ref State.Turn, GuestLayout.TurnEnded);
                Interlocked.Exchange(ref State.MonitorWaits, 0);
                HostFutex.Wake(MonitorWord);
            }
        }
    }

    private int Reap()
    {
        lock (reapGate)
        {
            if (status < 0)
            {
                _ = ReadOutsideCpu();
                status = launcher.End(pid);
            }

            return status;
        }
    }
}
