using System.Globalization;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Rings;
using UniBench.Monitor.Machines;
using UniBench.Workloads;

namespace UniBench.Monitor.Families;

/// <summary>A process: a row of the process table, a VM, and the thread that runs it. This part is the run loop.</summary>
internal sealed partial class GuestProcess : IFamilyMember, IRingHolder, IDisposable
{
    private const int HistoryLength = 16;
    private const int CoreDumped = 0x80; // bit of a status word
    private readonly Family family;
    private readonly MachineWorker worker;
    private readonly Parker parker;
    private readonly (Hypercall Call, long A, long B, long Result)[] history = new (Hypercall, long, long, long)[HistoryLength];
    private int historyAt;
    private volatile bool inGuest;
    private volatile int killSignal;
    private volatile int threadId;
    private ExitStatus? end;
    private (long UserUs, long SystemUs) cpuAtStart;
    private long outsideAtStart;
    private long sleepsAtStart;

    public GuestProcess(Family family, MachineWorker worker, ProcessEntry entry, string programPath)
    {
        this.family = family;
        this.worker = worker;
        parker = worker.ProcessParker;
        Entry = entry;
        Seat = new CpuSeat { Process = this };
        ProgramPath = programPath;
    }

    public ProcessEntry Entry { get; }

    public int Pid => Entry.Pid;

    /// <summary>Path of the program it runs: where its tree has it, or of a first program where the host has it.</summary>
    public string ProgramPath { get; private set; }

    /// <summary>Still the program that the family was started with, which lies on the host and maybe beneath no mount.</summary>
    public bool IsFirstProgram { get; set; }

    /// <summary>argv as exec was told, a char for each byte.</summary>
    public IReadOnlyList<string> Arguments { get; private set; } = [];

    public Machine Vm => worker.Vm;

    /// <summary>Its machine is the family's from now on, with the CPUs that the family may use.</summary>
    public void EnterFamily(CpuMask cpus)
    {
        Vm.EnterFamily(family.Page);
        worker.Confine(cpus);
    }

    public ProcessCounters Counters { get; } = new();

    /// <summary>Private memory as last seen, bytes; kept by the family's books.</summary>
    public long AccountedBytes { get; set; }

    /// <summary>Stopwatch time stamp of its start.</summary>
    public long StartedAt { get; private set; }

    public bool IsRegular(ulong handle) => Held(handle) is { IsRegular: true };

    /// <summary>Starts running on the VM's thread. Registers, memory and rings are in place.</summary>
    public void Start()
    {
        AcceptSignals();
        StartedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        Entry.StartedNs = HostClock.Boottime;
        family.Spec.Timeline?.Runs(Pid, CommandName, StartedAt);
        (outsideAtStart, sleepsAtStart) = (Vm.OutsideCpuNs, Vm.Sleeps); // it was read when the last process ended, and rested since
        inGuest = true; // some machines begin before their thread does, and a kick must reach them
        worker.Start(RunToEnd, Seat.Cpu);
    }

    /// <summary>Bytes of private memory in use as the guest says, made safe.</summary>
    public long UsedBytes()
    {
        ulong next = Vm.Control.FramesNext;
        return next <= (ulong)Vm.RamSize && next % GuestLayout.Page == 0 && next >= family.Host.Libos.PrivateEnd
            ? (long)next
            : Vm.RamSize;
    }

    /// <summary>What a process is charged for: frames and page tables in use. I/O buffers and page tables not made yet take no memory.</summary>
    public long ChargedBytes()
    {
        long tables = (long)Math.Min(Vm.Control.TablesNext - Vm.TablesBase, GuestLayout.TablesSize);
        long unused = (long)Math.Min(Vm.Control.RunEnd - Vm.Control.RunNext, (ulong)Vm.Extents.ChargedBytes);
        return UsedBytes() - GuestLayout.LibosDataOffset + GuestLayout.BounceOffset + tables + Vm.Extents.ChargedBytes - unused;
    }

    /// <summary>Pages that the process sees as its own, as its maximum resident set counts them, bytes.</summary>
    public long ResidentBytes() => UsedBytes() + (long)Math.Min(Vm.Control.ExtentPages * GuestLayout.Page, (ulong)Vm.Extents.HeldBytes);

    private void RunToEnd()
    {
        threadId = worker.ThreadId;
        ExitStatus status = ExitStatus.Killed(Sigkill);
        try
        {
            IReadOnlyDictionary<string, long>? before = family.Spec.KeepProcesses ? Vm.Statistics() : null;
            cpuAtStart = HostThread.CpuTime();
            ActOnFiles();
            status = RunGuest();
            if (before is not null)
            {
                Counters.Kvm = Vm.Statistics().ToDictionary(s => s.Key, s => s.Value - before.GetValueOrDefault(s.Key));
            }
        }
        catch (Exception e) when (e is HostException or EngineException or ArgumentOutOfRangeException)
        {
            status = Crash(Sigkill, $"monitor: {e.Message}");
        }
#pragma warning disable CA1031 // whatever it is, it ends this family and no other
        catch (Exception e)
        {
            status = CrashByMonitor(e);
        }

        HostIdentity.Current = null;
        try
        {
            End(status);
        }
        catch (Exception e)
        {
            family.Lost(this, CrashByMonitor(e));
        }
#pragma warning restore CA1031

        family.Left();
    }

    private void End(ExitStatus status)
    {
        long ended = HostClock.Monotonic;
        DeliverDeferred();
        family.Spec.Trace?.Invoke(string.Create(CultureInfo.InvariantCulture, $"[{Pid}] +++ {status} +++"));
        Counters.Blocks += Vm.Sleeps - sleepsAtStart;
        family.Ended(this, status, UsedCpu());
        ReturnVm();
        ShowEnd(status, ended);
    }

    /// <summary>Nobody will wake or signal this process any more.</summary>
    public void Dispose()
    {
        lock (signalGate)
        {
            StopTimers();
            closed = true;
        }
    }

    /// <summary>The VM may run another process.</summary>
    public void ReturnVm()
    {
        Vm.NoteUse(UsedBytes());
        Vm.Extents.ReleaseAll();
        family.Host.Pool.Return(worker);
    }

    /// <summary>CPU time that its machine used beside this process's thread, in microseconds.</summary>
    public long OutsideCpuUs => (Vm.OutsideCpuNs - outsideAtStart) / 1000;

    /// <summary>CPU time of thread and machine in nanoseconds; negative when the thread is gone.</summary>
    private long CpuTimeNs()
    {
        long ns = HostThread.CpuTimeNs(threadId);
        return ns < 0 ? ns : ns + Vm.ReadOutsideCpu();
    }

    private ProcessUsage UsedCpu()
    {
        (long user, long system) = HostThread.CpuTime();
        Vm.ReadOutsideCpu();
        return new ProcessUsage(user - cpuAtStart.UserUs + OutsideCpuUs, system - cpuAtStart.SystemUs, ResidentBytes() >> 10);
    }

    private ExitStatus RunGuest()
    {
        while (true)
        {
            if (killSignal != 0)
            {
                Vm.MarkInterrupted();
                ReleaseRobustMutexes();
                return ExitStatus.Killed(killSignal);
            }

            inGuest = true;
            Interlocked.MemoryBarrier();
            MachineExit exit = killSignal != 0 ? MachineExit.Interrupted : Vm.Run(family.Host.HasIdleCore ? SpinsBeforeSleep : 0);
            inGuest = false;
            Counters.Exits[(int)exit]++;
            switch (exit)
            {
                case MachineExit.Call:
                    Handle();
                    if (end is { } status)
                    {
                        return status;
                    }

                    break;
                case MachineExit.ForbiddenInstruction when IgnoresOrBlocks(Sigsegv):
                    return Crash(Sigsegv, "used an instruction that is forbidden to programs");
                case MachineExit.ForbiddenInstruction:
                    Post(Sigsegv, new SignalInformation { Code = 0x80 });
                    break;
                case MachineExit.Interrupted:
                    DeliverDeferred();
                    InterruptProgram();
                    break;
                default:
                    return Crash(Vm.Broken.Signal, Vm.Broken.Why);
            }
        }
    }

    /// <summary>One hypercall.</summary>
    private void Handle()
    {
        MachineCall made = Vm.Call;
        Hypercall call = made.Number < (ulong)Hypercall.Count ? (Hypercall)made.Number : Hypercall.Count;
        long a = (long)made.A, b = (long)made.B, c = (long)made.C, d = (long)made.D;
        if (call < Hypercall.Count)
        {
            Counters.Hypercalls[(int)call]++;
        }

        if (call != Hypercall.Park && HasDeferred)
        {
            DeliverDeferred();
        }

        long servedFrom = family.Spec.KeepProcesses ? System.Diagnostics.Stopwatch.GetTimestamp() : 0;
        long shownFrom = family.Spec.Timeline is null ? 0 : HostClock.Monotonic;
        int at = historyAt++ % HistoryLength;
        history[at] = (call, a, b, 0);
        long result = call switch
        {
            Hypercall.Exit => Exit((int)a),
            Hypercall.Fork => Fork(new ForkRequest((ulong)a)),
            Hypercall.Exec => Exec((ulong)a, (ulong)b, (int)c),
            Hypercall.Wait => Wait((WaitTarget)a, (int)b, (int)c),
            Hypercall.Kill => family.Kill(this, (int)a, (int)b, (int)d, made.E),
            Hypercall.SignalNext => NextSignal((int)a),
            Hypercall.PipeCreate => PipeCreate(),
            Hypercall.PipeHold => PipeHold((ulong)a, (ulong)b),
            Hypercall.PipeClose => PipeClose((ulong)a, (ulong)b),
            Hypercall.PipeWake => PipeWake((ulong)a, (ulong)b),
            Hypercall.PipeResize => PipeResize((ulong)a, (ulong)b),
            Hypercall.Share => Share((int)Math.Min((ulong)a, GuestLayout.RingSlots + 1)),
            Hypercall.Map => Map((ulong)a, b, c, (int)d),
            Hypercall.FutexWait => FutexWait((ulong)a, (uint)b, c, (uint)d),
            Hypercall.FutexWake => FutexWake((ulong)a, b, c, (uint)d, made.E),
            Hypercall.Park => Park((ulong)a, b, (ulong)c, made.D),
            Hypercall.Yield => YieldCore((ulong)a - 1),
            Hypercall.Open => Open((ulong)a, (int)b, (uint)c),
            Hypercall.Path => PathCall((int)a, (ulong)b, c, d, (long)made.E),
            Hypercall.File => FileCall((int)a, (ulong)b, c, d, (long)made.E),
            Hypercall.Make => Make((int)a, b, c, d),
            Hypercall.HostRead => HostRead((ulong)a, (ulong)b),
            Hypercall.HostWrite => HostWrite((ulong)a, (ulong)b),
            Hypercall.HostIoctl => HostIoctl((ulong)a, (ulong)b, (ulong)c),
            Hypercall.HostClose => CloseFile((ulong)a),
            Hypercall.HostFlags => HostFlags((ulong)a, b),
            Hypercall.Grow => Grow((ulong)a),
            Hypercall.Extent => OpenExtent(),
            Hypercall.ExtentClose => CloseExtent((ulong)a),
            Hypercall.Random => FillRandom((ulong)a),
            Hypercall.Setpgid => family.SetGroup(this, (int)a, (int)b),
            Hypercall.Getpgid => family.GetGroup((int)a),
            Hypercall.Setsid => family.NewSession(this),
            Hypercall.Getsid => family.GetSession((int)a),
            Hypercall.Usage => Usage(a),
            Hypercall.Stop => StopUntilContinued((int)a),
            Hypercall.Trace => Trace((int)a, b, c),
            Hypercall.Crash => CrashByFault((int)a),
            Hypercall.Timer => SetTimer((ulong)a, b, c, (int)d, made.E),
            Hypercall.Ipc => IpcCall((int)a, b, c, d, (long)made.E),
            Hypercall.Users => UserCall((int)a, b, c, d, (long)made.E, made.F),
            Hypercall.Owner => OwnerCall((ulong)a, (int)b, c),
            Hypercall.FutexWaitv => FutexWaitAny((ulong)a, b),
            Hypercall.Finding => Find((int)a),
            _ => -Errno.ENOSYS,
        };
        history[at].Result = result;
        if (servedFrom != 0 && call < Hypercall.Count)
        {
            Counters.Served[(int)call] += System.Diagnostics.Stopwatch.GetTimestamp() - servedFrom;
        }

        if (shownFrom != 0 && call is not Hypercall.Exit and < Hypercall.Count)
        {
            Show(call, a, result, shownFrom);
        }

        if (end is null && call != Hypercall.Exec)
        {
            Vm.Return(result);
        }
    }

    private long Exit(int word)
    {
        Entry.DumpedCore = (word & CoreDumped) != 0;
        end = (word & 0x7f) is > 0 and < GuestLayout.Signals ? ExitStatus.Killed(word & 0x7f) : ExitStatus.Exited(word >> 8);
        return 0;
    }

    /// <summary>Gives the core away. A lock that the process waits for may have been scribbled on by a peer: one that nobody holds is broken.</summary>
    private long YieldCore(ulong slot)
    {
        if (Vm.Window.At(slot) is { IsPipe: true } ring)
        {
            lock (ring.Gate)
            {
                ring.BreakStrayLocks();
            }
        }

        Thread.Yield();
        return 0;
    }

    private long Grow(ulong bytes)
    {
        if (bytes > (ulong)family.Spec.MemoryBytes)
        {
            family.LimitHit($"memory: a process of {Path.GetFileName(ProgramPath)} wanted more than {family.Spec.MemoryBytes >> 20} MB (--memory)");
            return -Errno.ENOMEM;
        }

        Vm.EnsureRam((long)bytes);
        Vm.Control.RamLimit = Math.Min((ulong)Vm.RamSize, Vm.Control.RamMax);
        family.Account(this, ChargedBytes());
        return 0;
    }

    /// <summary>What is held may be several times what the process uses, which the library OS limits: copied pages leave gaps, and children share the rest.</summary>
    private long OpenExtent()
    {
        int index = Vm.Extents.HeldBytes / 4 > family.Spec.MemoryBytes ? -1 : Vm.Extents.Open();
        if (index < 0)
        {
            family.LimitHit($"memory: a process of {Path.GetFileName(ProgramPath)} holds {Vm.Extents.HeldBytes >> 20} MB and got no more");
            return -Errno.ENOMEM;
        }

        family.Account(this, ChargedBytes());
        return index;
    }

    private long CloseExtent(ulong index) => Vm.Extents.Close(index) ? 0 : -Errno.EINVAL;

    /// <summary>Something that the summary must name, once a family.</summary>
    private long Find(int finding)
    {
        if (finding == GuestLayout.FindingThread)
        {
            family.LimitHit($"threads: {Path.GetFileName(ProgramPath)} asked for a thread (clone with CLONE_VM) and got ENOSYS: a unikernel process has one thread");
        }

        return 0;
    }

    private long FillRandom(ulong bytes)
    {
        if (bytes > GuestLayout.BounceSize)
        {
            return -Errno.EINVAL;
        }

        System.Security.Cryptography.RandomNumberGenerator.Fill(Vm.Bounce.Span[..(int)bytes]);
        return 0;
    }

    private long Usage(long who)
    {
        ProcessUsage usage = who == 0 ? UsedCpu() : family.ChildrenUsage(this);
        ref UsageWords words = ref Vm.Control.Usage;
        words[0] = usage.UserUs;
        words[1] = usage.SystemUs;
        words[2] = usage.MaxRssKb;
        words[3] = ResidentBytes() / GuestLayout.Page;
        return 0;
    }
}
