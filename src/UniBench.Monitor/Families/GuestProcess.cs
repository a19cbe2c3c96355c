using System.Globalization;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Calls;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;
using UniBench.Workloads;

namespace UniBench.Monitor.Families;

/// <summary>A process: a row of the process table, a VM, and the thread that runs it. This part is the run loop.</summary>
internal sealed partial class GuestProcess : IFamilyMember, ISegmentHolder, IDisposable
{
    public const int CoreDumped = 0x80; // bit of a status word
    private readonly Family family;
    private readonly MachineWorker worker;
    private readonly Parker parker;
    private volatile bool inGuest;
    private volatile int killSignal;
    private volatile int threadId;
    private ExitStatus? end;
    private (long UserUs, long SystemUs) cpuAtStart;
    private long outsideAtStart;
    private long sleepsAtStart;
    private long mostOfPrograms; // bytes, of all that it has run

    public GuestProcess(Family family, MachineWorker worker, ProcessEntry entry, string programPath)
    {
        this.family = family;
        this.worker = worker;
        parker = worker.ProcessParker;
        Entry = entry;
        Seat = new CpuSeat { Process = this };
        ProgramPath = programPath;
        Processes = new ProcessCalls(this);
        Memory = new MemoryCalls(this);
        Files = new FileCalls(this);
        Mapping = new MappingCalls(this);
        Paths = new PathCalls(this);
        Foresight = new Foresight(this);
        Transfers = new TransferCalls(this);
        Terminals = new TerminalCalls(this);
        Attributes = new AttributeCalls(this);
        Lending = new LendingCalls(this);
        Locks = new LockCalls(this);
        Owners = new OwnerCalls(this);
        Watches = new WatchCalls(this);
        Epoll = new EpollCalls(this);
        Segments = new SegmentCalls(this);
        Sockets = new SocketCalls(this);
        SharedMemory = new SharedMemoryCalls(this);
        Semaphores = new SemaphoreCalls(this);
        Messages = new MessageCalls(this);
        PosixQueues = new PosixQueueCalls(this);
        Futexes = new FutexCalls(this);
        RobustMutexes = new RobustMutexes(this);
        Timers = new TimerCalls(this);
        Users = new UserCalls(this);
        Scheduler = new SchedulingCalls(this);
        Kin = new KinCalls(this);
        Inspection = new Inspection(this);
        Crashes = new CrashReporter(this);
        CallTrace = new CallTrace(this);
        Timeline = new TimelineNotes(this);
    }

    public Family Family => family;

    /// <summary>Who it is and what it may do.</summary>
    public Credentials Credentials => Entry.Credentials;

    public ProcessEntry Entry { get; }

    public int Pid => Entry.Pid;

    /// <summary>Path of the program it runs: where its tree has it, or of a first program where the host has it.</summary>
    public string ProgramPath { get; set; }

    /// <summary>Still the program that the family was started with, which lies on the host and maybe beneath no mount.</summary>
    public bool IsFirstProgram { get; set; }

    /// <summary>argv as exec was told, a char for each byte.</summary>
    public IReadOnlyList<string> Arguments { get; set; } = [];

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
    public long StartedAt { get; set; }

    public bool IsRegular(ulong handle) => Files.Held(handle) is { IsRegular: true };

    /// <summary>Starts running on the VM's thread. Registers, memory and rings are in place.</summary>
    public void Start()
    {
        AcceptSignals();
        StartedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        Entry.StartedNs = HostClock.Boottime;
        family.Spec.Timeline?.Runs(Pid, Timeline.CommandName, StartedAt);
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

    /// <summary>The most that were there at once, bytes of memory of the program's own.</summary>
    public long MostResident => Math.Clamp(((long)Math.Min(Vm.Control.FramesMost, int.MaxValue) * GuestLayout.Page) - (long)family.Host.Libos.PrivateEnd, 0, family.Spec.MemoryBytes);

    /// <summary>Its program ends, or is asked for now: the most memory of all its programs.</summary>
    public long NoteMostResident() => mostOfPrograms = Math.Max(mostOfPrograms, Math.Max(ResidentBytes(), MostResident));

    private void RunToEnd()
    {
        threadId = worker.ThreadId;
        ExitStatus status = ExitStatus.Killed(Signal.SIGKILL);
        try
        {
            IReadOnlyDictionary<string, long>? before = family.Spec.KeepProcesses ? Vm.Statistics() : null;
            cpuAtStart = HostThread.CpuTime();
            Users.ActOnFiles();
            status = RunGuest();
            if (before is not null)
            {
                Counters.Kvm = Vm.Statistics().ToDictionary(s => s.Key, s => s.Value - before.GetValueOrDefault(s.Key));
            }
        }
        catch (Exception e) when (e is HostException or EngineException or ArgumentOutOfRangeException)
        {
            status = Crashes.Crash(Signal.SIGKILL, $"monitor: {e.Message}");
        }
#pragma warning disable CA1031 // whatever it is, it ends this family and no other
        catch (Exception e)
        {
            status = Crashes.CrashByMonitor(e);
        }

        HostIdentity.Current = null;
        try
        {
            End(status);
        }
        catch (Exception e)
        {
            family.Lost(this, Crashes.CrashByMonitor(e));
        }
#pragma warning restore CA1031

        family.Left();
    }

    public void End(ExitStatus status)
    {
        long ended = HostClock.Monotonic;
        DeliverDeferred();
        family.Spec.Trace?.Invoke(string.Create(CultureInfo.InvariantCulture, $"[{Pid}] +++ {status} +++"));
        Counters.Blocks += Vm.Sleeps - sleepsAtStart;
        family.Ended(this, status, UsedCpu());
        ReturnVm();
        Timeline.ShowEnd(status, ended);
    }

    /// <summary>Nobody will wake or signal this process any more.</summary>
    public void Dispose()
    {
        lock (signalGate)
        {
            Timers.StopTimers();
            closed = true;
        }
    }

    /// <summary>The VM may run another process.</summary>
    public void ReturnVm()
    {
        Vm.EndBorrowing();
        Vm.NoteUse(UsedBytes());
        Vm.Extents.ReleaseAll();
        if (Processes.LeavesMachine())
        {
            family.Host.Pool.Return(worker);
        }
    }

    /// <summary>CPU time that its machine used beside this process's thread, in microseconds.</summary>
    public long OutsideCpuUs => (Vm.OutsideCpuNs - outsideAtStart) / 1000;

    /// <summary>CPU time of thread and machine in nanoseconds; negative when the thread is gone.</summary>
    public long CpuTimeNs()
    {
        long ns = HostThread.CpuTimeNs(threadId);
        return ns < 0 ? ns : ns + Vm.ReadOutsideCpu();
    }

    public ProcessUsage UsedCpu()
    {
        (long user, long system) = HostThread.CpuTime();
        Vm.ReadOutsideCpu();
        return new ProcessUsage(user - cpuAtStart.UserUs + OutsideCpuUs, system - cpuAtStart.SystemUs, NoteMostResident() >> 10);
    }

    private ExitStatus RunGuest()
    {
        while (true)
        {
            if (killSignal != 0)
            {
                Vm.MarkInterrupted();
                RobustMutexes.ReleaseRobustMutexes();
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
                case MachineExit.ForbiddenInstruction when IgnoresOrBlocks(Signal.SIGSEGV):
                    return Crashes.Crash(Signal.SIGSEGV, "used an instruction that is forbidden to programs");
                case MachineExit.ForbiddenInstruction:
                    Post(Signal.SIGSEGV, new SignalInformation { Code = SignalCode.SiKernel });
                    break;
                case MachineExit.Interrupted:
                    DeliverDeferred();
                    InterruptProgram();
                    break;
                case MachineExit.BeyondFile:
                    Vm.RaiseBeyondFile();
                    break;
                default:
                    return Crashes.Crash(Vm.Broken.Signal, Vm.Broken.Why);
            }
        }
    }

    /// <summary>One hypercall.</summary>
    private void Handle()
    {
        MachineCall made = Vm.Call;
        Hypercall call = made.Number < (ulong)Hypercall.Count ? (Hypercall)made.Number : Hypercall.Count;
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
        Crashes.Begins(call, (long)made.A, (long)made.B);
        long result = CallTable.Serve(this, call, made);
        Crashes.Ends(result);
        family.Notices?.Deliver();
        if (servedFrom != 0 && call < Hypercall.Count)
        {
            Counters.Served[(int)call] += System.Diagnostics.Stopwatch.GetTimestamp() - servedFrom;
        }

        if (shownFrom != 0 && call is not Hypercall.Exit and < Hypercall.Count)
        {
            Timeline.Show(call, (long)made.A, result, shownFrom);
        }

        if (end is null && call != Hypercall.Exec)
        {
            Vm.Return(result);
        }
    }

    /// <summary>The thread that runs it.</summary>
    public MachineWorker Worker => worker;

    /// <summary>Of that thread, as the host numbers it.</summary>
    public int ThreadId => threadId;

    /// <summary>CPU time of its thread when it began, microseconds.</summary>
    public (long UserUs, long SystemUs) CpuAtStart => cpuAtStart;

    /// <summary>The signal that ends it; 0: none yet.</summary>
    public int KillSignal => killSignal;

    /// <summary>This hypercall is its last.</summary>
    public void EndBy(ExitStatus status) => end = status;

    public long Exit(int word)
    {
        Entry.DumpedCore = (word & CoreDumped) != 0;
        end = (word & 0x7f) is > 0 and < GuestLayout.Signals ? ExitStatus.Killed(word & 0x7f) : ExitStatus.Exited(word >> 8);
        return 0;
    }

    /// <summary>Gives the core away. A lock that the process waits for may have been scribbled on by a peer: one that nobody holds is broken.</summary>
    public long YieldCore(ulong slot)
    {
        if (Vm.Window.At(slot) is Ring ring)
        {
            lock (ring.Gate)
            {
                ring.BreakStrayLocks();
            }
        }

        Thread.Yield();
        return 0;
    }
}
