using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Calls;
using UniBench.Monitor.Files;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Procfs;
using UniBench.Monitor.Segments;
using UniBench.Workloads;

namespace UniBench.Monitor.Families;

/// <summary>One run: its processes, their table, their limits and their Books. The gate guards table, processes and Books.</summary>
internal sealed partial class Family : IDisposable
{
    private const int ProgramsOfMemory = 4;
    private const int MostPipes = 4096; // a quarter of the engine's
    private readonly Lock gate = new();
    private readonly ProcessTable table;
    private readonly Dictionary<int, GuestProcess> processes = [];
    private readonly ManualResetEventSlim over = new();
    private readonly Dictionary<int, ExitStatus> firstStatuses = [];
    private readonly List<int> firstPids = [];
    private readonly OpenFiles files;
    private readonly CpuMask cpuMask;
    private bool doomed; // guarded by the gate
    private int present = 1; // processes whose threads still use this object, and the caller

    public Family(UnikernelHost host, FamilySpec spec)
    {
        Host = host;
        Spec = spec;
        Budget = new FamilyBudget(spec.MemoryBytes, MostPipes, host.MostFiles);
        files = new OpenFiles([spec.Stdin, spec.Stdout, spec.Stderr], Budget);
        MemoryFiles = new MemoryFiles(Budget, host.MappedFiles.Has, host.MappedFiles.DropIdle);
        table = new ProcessTable(spec.MaxProcesses);
        IReadOnlyList<int> cpus = spec.Cpus.Count > 0 ? spec.Cpus : [.. host.AllCpus.Cpus];
        HostCpus = cpus;
        MountTable = new MountTable(spec.Mounts);
        Cpus = new CpuAssignment(cpus);
        cpuMask = new CpuMask(cpus);
        Programs = new ProgramResolver(this);
        ProgramBudget = new ProgramBudget(spec.MemoryBytes, ProgramsOfMemory * spec.MemoryBytes);
        Files = new FileTree(spec.Mounts);
        Pipes = spec.Timeline is null ? null : new PipeWatch(spec.Timeline);
        Page = host.NewFamilyPage();
    }

    public UnikernelHost Host { get; }

    /// <summary>What the family used and did; complete once it has ended, guarded by the gate until then.</summary>
    public FamilyBooks Books { get; } = new();

    public FamilySpec Spec { get; }

    public ProgramResolver Programs { get; }

    public FileTree Files { get; }

    public FamilyPage Page { get; }

    /// <summary>Who is awake on which CPU.</summary>
    public CpuAssignment Cpus { get; }

    public ProgramBudget ProgramBudget { get; }

    public FamilyBudget Budget { get; }

    public MemoryFiles MemoryFiles { get; }

    public FutexTable Futexes { get; } = new();

    public MappedNames MappedNames { get; } = new();

    public MountTable MountTable { get; }

    /// <summary>CPUs of the host that it may use.</summary>
    public IReadOnlyList<int> HostCpus { get; }

    /// <summary>Tells the timeline of the pipes' bytes; null when nobody looks.</summary>
    public PipeWatch? Pipes { get; }

    /// <summary>Makes the first processes, connects them, starts them.</summary>
    /// <exception cref="EngineException">A program cannot be loaded or a VM cannot be made; nothing runs then.</exception>
    public void Start()
    {
        List<GuestProcess> stages = [];
        try
        {
            Ring? upstream = null;
            for (int i = 0; i < Spec.Stages.Count; i++)
            {
                bool last = i == Spec.Stages.Count - 1;
                Ring? downstream = last ? null : Host.Segments.CreateRing(Budget) ?? throw new EngineException($"the engine has no pipe left for the pipeline ({Budget.PipesSentence})");
                stages.Add(NewFirst(Spec.Stages[i], upstream, downstream));
                upstream = downstream;
            }
        }
        catch (Exception e) when (e is HostException or EngineException)
        {
            foreach (GuestProcess stage in stages)
            {
                stage.Segments.ReleaseSegments();
                Forget(stage);
            }

            throw e as EngineException ?? new EngineException(e.Message, e);
        }

        Spec.TerminalSignals?.Connect(TerminalSignal);
        foreach (GuestProcess stage in stages)
        {
            stage.Start();
        }

        Spec.Started?.Invoke(SignalFirst);
        Left();
    }

    /// <summary>Waits until no process is left.</summary>
    /// <returns>False when the time limit passed first.</returns>
    public bool WaitForEnd(TimeSpan? limit, CancellationToken cancellation) =>
        over.Wait(limit ?? System.Threading.Timeout.InfiniteTimeSpan, cancellation);

    public void KillAll()
    {
        while (!over.Wait(10))
        {
            GuestProcess[] living;
            lock (gate)
            {
                living = [.. processes.Values];
            }

            Array.ForEach(living, p => p.Kill(Signal.SIGKILL));
        }
    }

    /// <summary>Something is wrong with the monitor's own view of the family: all its processes end, those that are about to start too.</summary>
    public void Doom()
    {
        GuestProcess[] living;
        lock (gate)
        {
            doomed = true;
            living = [.. processes.Values];
        }

        Array.ForEach(living, p => p.Kill(Signal.SIGKILL));
    }

    /// <summary>The end of a process failed half-way. Its VM is not used again.</summary>
    public void Lost(GuestProcess process, ExitStatus status)
    {
        lock (gate)
        {
            processes.Remove(process.Pid);
            Cpus.Leave(process.Seat);
            if (firstPids.Contains(process.Pid))
            {
                firstStatuses[process.Pid] = status;
            }
        }
    }

    /// <summary>Statuses of the first processes, in order.</summary>
    public IReadOnlyList<ExitStatus> FirstStatuses()
    {
        lock (gate)
        {
            return [.. firstPids.Select(pid => firstStatuses[pid])];
        }
    }

    /// <summary>A signal from outside to one of the first processes.</summary>
    /// <returns>False when it has ended.</returns>
    private bool SignalFirst(int stage, int signal)
    {
        lock (gate)
        {
            if (firstStatuses.ContainsKey(firstPids[stage]) || !processes.TryGetValue(firstPids[stage], out GuestProcess? process))
            {
                return false;
            }

            Send(process, signal, new SignalInformation { Code = SignalCode.SiKernel });
            return true;
        }
    }

    /// <summary>Files that its processes run.</summary>
    public RunningPrograms Running { get; } = new();

    public GuestProcess? NewChild(GuestProcess parent, ForkRequest request, out int errno)
    {
        ProcessEntry? entry;
        if (!parent.Entry.Scheduling.MayFork)
        {
            errno = Errno.EAGAIN;
            return null;
        }

        lock (gate)
        {
            if (HasTooManyProcesses(parent))
            {
                errno = Errno.EAGAIN;
                return null;
            }

            entry = table.Fork(parent.Entry, request.IsSibling, request.Pid, out errno);
        }

        if (entry is null)
        {
            if (errno == Errno.EAGAIN)
            {
                LimitHit($"processes: {Spec.MaxProcesses} were alive when another fork came");
            }

            return null;
        }

        try
        {
            MachineWorker worker = Host.Pool.Take(parent.Vm.Program!, Page);
            GuestProcess child = new(this, worker, entry, parent.ProgramPath) { IsFirstProgram = parent.IsFirstProgram };
            Enter(child, parent.Seat);
            errno = 0;
            return child;
        }
        catch (HostException e)
        {
            lock (gate)
            {
                table.Undo(entry);
            }

            LimitHit($"fork: {e.Message}");
            errno = Errno.EAGAIN;
            return null;
        }
    }

    /// <summary>RLIMIT_NPROC: its user has as many as it may have; those who administer are not asked. Called with the gate held.</summary>
    private bool HasTooManyProcesses(GuestProcess parent)
    {
        const int Processes = 6;
        Credentials who = parent.Credentials;
        ulong most = parent.Kin.LimitOf(Processes).Current;
        return most < ProcessTable.HighestPid && who.Users.Real != 0 && !who.Has(Capability.SysAdmin) && !who.Has(Capability.SysResource)
            && (ulong)table.Entries.Count(e => e.Credentials.Users.Real == who.Users.Real) >= most;
    }

    public void AbandonChild(GuestProcess child, string why)
    {
        lock (gate)
        {
            table.Undo(child.Entry);
        }

        LimitHit($"fork: {why}");
        Forget(child);
    }

    /// <summary>A process has ended; called on its thread, before its VM goes back to the pool.</summary>
    public void Ended(GuestProcess process, ExitStatus status, ProcessUsage usage)
    {
        try
        {
            TakeOut(process, status, usage);
        }
        finally
        {
            Host.AddRunnable(-1);
        }
    }

    private void TakeOut(GuestProcess process, ExitStatus status, ProcessUsage usage)
    {
        process.Dispose();
        process.Segments.ReleaseSegments();
        process.Processes.RunsFile(null);
        UsedIpc?.Ended(process);
        process.Processes.ReleaseVforkParent();
        lock (gate)
        {
            GuestProcess? parent = processes.GetValueOrDefault(process.Entry.Parent);
            int parentPid = process.Entry.Parent;
            int[] groups = [.. process.Entry.Children.Select(c => c.Group).Append(process.Entry.Group).Distinct()];
            bool[] wereOrphaned = [.. groups.Select(table.IsOrphaned)];
            bool reap = parent is not null && parent.Vm.Control.AutoReap != 0;
            process.Entry.Name = process.Inspection.Name;
            LeaderLeaves(process.Entry, ends: true);
            IReadOnlyList<ProcessEntry> orphans = table.Exit(process.Entry, status, usage, reap, e => processes.TryGetValue(e.Pid, out GuestProcess? p) && p.Vm.Control.Subreaper != 0);
            parent?.Processes.PublishZombies();
            foreach (ProcessEntry orphan in orphans)
            {
                Adopted(orphan);
                if (processes.TryGetValue(orphan.Pid, out GuestProcess? living))
                {
                    living.Processes.PublishIdentity();
                    if (living.Vm.Control.DeathSignal is > 0 and < GuestLayout.Signals and uint death)
                    {
                        Send(living, (int)death, new SignalInformation { Code = 0, Pid = process.Pid });
                    }
                }
            }

            processes.Remove(process.Pid);
            TellEnding(process.Pid);
            Cpus.Leave(process.Seat);
            if (firstPids.Contains(process.Pid))
            {
                firstStatuses[process.Pid] = status;
            }

            Books.Ended(process, usage);
            if (Spec.KeepProcesses)
            {
                Books.Report(process, parentPid, status, usage, System.Diagnostics.Stopwatch.GetElapsedTime(process.StartedAt));
            }

            process.Vm.Extents.ReleaseAll(); // before a parent hears of it: it need not copy any more
            for (int i = 0; i < groups.Length; i++)
            {
                if (!wereOrphaned[i] && table.IsOrphaned(groups[i]))
                {
                    WakeOrphans(groups[i]);
                }
            }

            if (parent is not null)
            {
                Link("exit", process, parent);
                NotifyParent(parent, process, process.Entry.EndCode, status.Signal != 0 ? status.Signal : status.Code);
                parent.Processes.ReapFor((target, id) => table.Wait(parent.Entry, target, id, 4, out _));
                parent.Processes.PublishZombies();
            }
        }
    }

    /// <summary>A subreaper has a new child, which may have ended already: then it hears of it, or will never wait for it.</summary>
    private void Adopted(ProcessEntry orphan)
    {
        if (orphan.State != ProcessState.Zombie || !processes.TryGetValue(orphan.Parent, out GuestProcess? reaper))
        {
            return;
        }

        if (reaper.Vm.Control.AutoReap != 0)
        {
            table.Discard(orphan);
        }
        else
        {
            reaper.Post(Signal.SIGCHLD, News(orphan, orphan.EndCode, orphan.Status.Signal != 0 ? orphan.Status.Signal : orphan.Status.Code));
            reaper.Processes.ReapFor((target, id) => table.Wait(reaper.Entry, target, id, 4, out _));
            reaper.WakeUp();
        }

        reaper.Processes.PublishZombies();
    }

    /// <summary>The process's thread is done with this object.</summary>
    public void Left()
    {
        if (Interlocked.Decrement(ref present) == 0)
        {
            over.Set();
        }
    }

    public WaitReport? Wait(GuestProcess parent, WaitTarget target, int id, int options, out bool anyMatches)
    {
        lock (gate)
        {
            WaitReport? report = table.Wait(parent.Entry, target, id, options, out anyMatches);
            parent.Processes.PublishZombies();
            return report;
        }
    }

    public ProcessUsage ChildrenUsage(GuestProcess process)
    {
        lock (gate)
        {
            return process.Entry.ChildrenUsage;
        }
    }

    /// <summary>kill(2): a pid, 0 for the caller's group, -1 for all, -group.</summary>
    public long Kill(GuestProcess sender, int target, int signal, int code, ulong value)
    {
        if (signal is < 0 or >= GuestLayout.Signals)
        {
            return -Errno.EINVAL;
        }

        if (target == ProcessTable.InitPid)
        {
            return -Errno.EPERM; // the parent of orphans is nobody's to signal
        }

        SignalInformation information = new() { Code = code, Pid = sender.Pid, Uid = (int)sender.Credentials.Users.Real, Value = value };
        lock (gate)
        {
            List<ProcessEntry> targets =
            [
                .. table.Entries.Where(e =>
                    target > 0 ? e.Pid == target
                    : target == 0 ? e.Group == sender.Entry.Group
                    : target == -1 ? e.Pid != sender.Pid
                    : e.Group == -target),
            ];
            if (targets.Count == 0)
            {
                return -Errno.ESRCH;
            }

            bool MaySignal(ProcessEntry e) => sender.Credentials.MaySignal(e.Credentials) || (signal == Signal.SIGCONT && e.Session == sender.Entry.Session);
            if (target != -1 && !targets.Exists(MaySignal))
            {
                return -Errno.EPERM;
            }

            // The sender comes last: it may not survive.
            foreach (ProcessEntry entry in targets.Where(MaySignal).OrderBy(e => e.Pid == sender.Pid))
            {
                if (signal != 0 && processes.TryGetValue(entry.Pid, out GuestProcess? process))
                {
                    Send(process, signal, information);
                }
            }
        }

        return 0;
    }

    /// <summary>A stop signal takes effect, unless SIGCONT was sooner or the terminal sent it to an orphaned group.</summary>
    public void Stop(GuestProcess process, int signal)
    {
        lock (gate)
        {
            bool orphaned = signal != Signal.SIGSTOP && table.IsOrphaned(process.Entry.Group) && !firstPids.Contains(process.Entry.Session);
            if (!process.TakeStop(signal) || orphaned)
            {
                return;
            }

            process.BeginStop();
            ProcessTable.Stop(process.Entry, signal);
            if (processes.TryGetValue(process.Entry.Parent, out GuestProcess? parent))
            {
                NotifyParent(parent, process, 5, signal);
            }
        }
    }

    public void Executed(GuestProcess process)
    {
        lock (gate)
        {
            process.Entry.HasExecuted = true;
            Books.Execs++;
        }
    }

    public long SetGroup(GuestProcess caller, int pid, int group)
    {
        lock (gate)
        {
            int result = table.SetGroup(caller.Entry, pid, group);
            if (result == 0 && processes.TryGetValue(pid == 0 ? caller.Pid : pid, out GuestProcess? target))
            {
                target.Processes.PublishIdentity();
            }

            return result;
        }
    }

    public long GetGroup(int pid)
    {
        lock (gate)
        {
            return table.Find(pid)?.Group ?? -Errno.ESRCH;
        }
    }

    public long GetSession(int pid)
    {
        lock (gate)
        {
            return table.Find(pid)?.Session ?? -Errno.ESRCH;
        }
    }

    public long NewSession(GuestProcess caller)
    {
        lock (gate)
        {
            int result = table.NewSession(caller.Entry);
            caller.Processes.PublishIdentity();
            return result;
        }
    }

    public void Account(GuestProcess process, long bytes)
    {
        lock (gate)
        {
            Books.Account(process, bytes);
        }
    }

    public void CountPipe()
    {
        lock (gate)
        {
            Books.Pipes++;
        }
    }

    public void LimitHit(string sentence)
    {
        lock (gate)
        {
            Books.LimitHit(sentence);
        }
    }

    public void Crashed(CrashReport report)
    {
        lock (gate)
        {
            Books.Crashed(report);
        }
    }

    /// <summary>For the timeline: one process makes another go, now.</summary>
    public void Link(string kind, GuestProcess from, GuestProcess to)
    {
        if (Spec.Timeline is { } timeline)
        {
            long now = HostClock.Monotonic;
            timeline.Link(kind, from.Pid, now, to.Pid, now);
        }
    }

    public void Dispose()
    {
        Spec.TerminalSignals?.Connect(null);
        watch?.Dispose();
        Notices?.Dispose();
        Pipes?.Dispose();
        ipc?.Dispose();
        over.Dispose();
        Files.Dispose();
        Page.Dispose();
    }

    private static StandardStream Stdio(Ring? ring, GuestProcess process, int ends, uint hostHandle)
    {
        if (ring is null)
        {
            return new StandardStream(DescriptorKind.Host, hostHandle | (process.IsRegular(hostHandle) ? (uint)GuestLayout.OpenRegular : 0));
        }

        long slot = process.Segments.HoldRing(ring, ends);
        return new StandardStream(ends == 1 << Ring.Reader ? DescriptorKind.PipeRead : DescriptorKind.PipeWrite, (uint)slot);
    }

    private GuestProcess NewFirst(ProcessSpec spec, Ring? upstream, Ring? downstream)
    {
        ProgramImage image = FirstImage(spec.Path, out HostEntry file);
        if (!HasRoomFor(image))
        {
            throw new EngineException($"{spec.Path}: needs {image.FramesEnd >> 20} MB and more, the limit is {Spec.MemoryBytes >> 20} MB (--memory)");
        }

        ProcessEntry entry;
        lock (gate)
        {
            ProcessEntry? leader = firstPids.Count > 0 ? table.Find(firstPids[0]) : null;
            entry = table.AddFirst(leader) ?? throw new EngineException($"more stages than processes allowed ({Spec.MaxProcesses})");
        }

        GuestProcess process = new(this, Host.Pool.Take(image, Page), entry, Path.GetFullPath(spec.Path));
        Enter(process, parent: null);
        firstPids.Add(process.Pid);
        Machine vm = process.Vm;
        vm.Window.HideAll();
        vm.Memory.Slice(0, 2 * GuestLayout.Page).Span.Clear();
        PageTables tables = vm.Load(image, Host.Libos, keepLibraryOs: false);
        process.Files.SetOpenFiles(files);
        process.Paths.WorkingDirectory = PathText.OfHost(Spec.WorkingDirectory);
        if (files.Terminal is { } device && terminal is null)
        {
            terminal = new Terminal(PathText.Of(HostIo.NameOf(device.Descriptor)), device.Entry.RawDevice) { Session = entry.Session, Foreground = entry.Group };
        }

        entry.Terminal = terminal;

        ref ControlPage control = ref vm.Control;
        (StandardStream input, StandardStream output) = (Stdio(upstream, process, 1 << Ring.Reader, 0), Stdio(downstream, process, 1 << Ring.Writer, 1));
        control.StdioKind[0] = (uint)input.Kind;
        control.StdioHandle[0] = input.Handle;
        control.StdioKind[1] = (uint)output.Kind;
        control.StdioHandle[1] = output.Handle;
        control.StdioKind[2] = (uint)DescriptorKind.Host;
        control.StdioHandle[2] = 2 | (process.IsRegular(2) ? (uint)GuestLayout.OpenRegular : 0);
        control.Umask = 0x12; // 022
        process.IsFirstProgram = true;
        process.Processes.RunsFile((file.Device, file.Inode));
        process.Processes.PrepareProgram(
            image, tables, PathText.OfHost(spec.Path), ProcessCalls.NameIn(PathText.OfHost(spec.Path)), [.. spec.Arguments.Select(System.Text.Encoding.UTF8.GetBytes)], [.. Spec.Environment.Select(System.Text.Encoding.UTF8.GetBytes)], executed: false);
        return process;
    }

    /// <summary>A first program lies on the host; what it needs besides comes from the family's tree.</summary>
    private ProgramImage FirstImage(string path, out HostEntry entry)
    {
        int descriptor = (int)HostCall.OnPath(LinuxCall.Openat, -100, PathText.ToKernel(PathText.OfHost(path)), 0x80800); // openat: read, close on exec, never blocking
        if (descriptor < 0)
        {
            throw new EngineException(descriptor == -Errno.ENOENT ? $"{path}: no such program" : $"{path}: {Errno.Name(-descriptor)}");
        }

        try
        {
            entry = HostEntry.Of(descriptor) ?? default;
            return entry.IsRegular ? Host.Images.Get(path, descriptor, entry, ProgramBudget, OpenInterpreter) : throw new EngineException($"{path}: no program");
        }
        finally
        {
            HostIo.Close(descriptor);
        }
    }

    /// <summary>Whether it fits the memory of a process, with a stack.</summary>
    public bool HasRoomFor(ProgramImage image) => image.FramesEnd + (1 << 20) <= (ulong)Spec.MemoryBytes;

    private int OpenInterpreter(string path) =>
        (int)Files.At(NoSpecialFiles.Instance, "/", PathText.OfHost(path), true, p => HostCall.OpenStrictly(p.Mount!.Directory, p.Name, 0x800, 0));

    private void Enter(GuestProcess process, CpuSeat? parent)
    {
        Interlocked.Increment(ref present);
        Host.AddRunnable(1);
        lock (gate)
        {
            Cpus.Enter(process.Seat, parent);
            process.EnterFamily(Spec.Cpus.Count > 0 ? CpuMask.Only(process.Seat.Cpu) : cpuMask); // who is told which CPUs to use has its processes on them in turn
            processes.Add(process.Pid, process);
            Books.Entered(processes.Count);
            if (doomed)
            {
                process.Kill(Signal.SIGKILL);
            }
        }
    }

    /// <summary>Takes back a process that never ran.</summary>
    private void Forget(GuestProcess process)
    {
        lock (gate)
        {
            processes.Remove(process.Pid);
            Cpus.Leave(process.Seat);
        }

        process.Processes.RunsFile(null);
        Host.AddRunnable(-1);
        process.ReturnVm();
        Left();
    }

    /// <summary>A group has just become orphaned: if a member is stopped, all are hung up and continued.</summary>
    private void WakeOrphans(int group)
    {
        GuestProcess[] members = [.. table.Entries.Where(e => e.Group == group).Select(e => processes.GetValueOrDefault(e.Pid)).OfType<GuestProcess>()];
        if (members.Any(m => m.Entry.State == ProcessState.Stopped))
        {
            foreach (GuestProcess member in members)
            {
                Send(member, 1, new SignalInformation { Code = SignalCode.SiKernel });
                Send(member, 18, new SignalInformation { Code = SignalCode.SiKernel });
            }
        }
    }

    private void Send(GuestProcess process, int signal, in SignalInformation information)
    {
        if (signal == 18 && process.Entry.State == ProcessState.Stopped)
        {
            ProcessTable.Continue(process.Entry);
            process.Continue();
            if (processes.TryGetValue(process.Entry.Parent, out GuestProcess? parent))
            {
                NotifyParent(parent, process, 6, 18);
            }
        }

        process.Post(signal, information);
    }

    /// <summary>What SIGCHLD tells.</summary>
    private static SignalInformation News(ProcessEntry child, int code, int status) => new() { Code = code, Pid = child.Pid, Uid = (int)child.Credentials.Users.Real, Status = status };

    private static void NotifyParent(GuestProcess parent, GuestProcess child, int code, int status)
    {
        int signal = code is 5 or 6 ? Signal.SIGCHLD : child.Entry.ExitSignal;
        if (signal != 0 && (code is not (5 or 6) || parent.Vm.Control.NoStopNotify == 0))
        {
            parent.Post(signal, News(child.Entry, code, status));
        }

        parent.WakeUp();
    }

    private readonly record struct StandardStream(DescriptorKind Kind, uint Handle);
}
