using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Calls;

/// <summary>fork, exec, wait.</summary>
internal sealed class ProcessCalls(GuestProcess process) : CallModule(process)
{
    private static readonly long WaitStateOffset = GuestLayout.ControlOffset + Marshal.OffsetOf<ControlPage>(nameof(ControlPage.WaitState));
    private GuestProcess? vforkParent;
    private volatile bool vforkDone;
    private GuestProcess? lender; // the vfork parent, whose frames it may have
    private bool lendsOn; // it is killed while a vfork child has its frames, which lie in its machine
    private int partsBack; // of such a machine: its own thread, and the frames
    private long usedByChild;
    private (ulong Device, ulong Inode)? programFile;

    /// <summary>Which file it runs from now on, so that nobody writes to it; null: it has ended.</summary>
    public void RunsFile((ulong Device, ulong Inode)? file)
    {
        if (file is { } next)
        {
            Family.Running.Enter(next);
        }

        if (programFile is { } last)
        {
            Family.Running.Leave(last);
        }

        programFile = file;
    }

    /// <summary>A process of the family has the file open for writing.</summary>
    public bool IsWritten((ulong Device, ulong Inode) file) => Process.Files.Open.All.Opened(file).Writers > 0;

    /// <summary>Fills a control page from scratch for a first program, or after exec, in the VM that is already loaded.</summary>
    /// <param name="name">As exec was told, a char for each byte; of a script its interpreter.</param>
    /// <param name="commandName">What ps calls it.</param>
    public void PrepareProgram(
        ProgramImage image, PageTables tables, string name, string commandName, IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment, bool executed, bool secure = false)
    {
        ulong framesNext = image.FramesEnd, tablesNext = image.TablesNext - GuestLayout.TablesOffset + Vm.TablesBase;
        Vm.EnsureRam((long)framesNext + ProgramStart.BytesFor(arguments, environment));
        ulong stack = ProgramStart.Write(Vm.Memory, tables, image, name, arguments, environment, Credentials, secure, ref framesNext, ref tablesNext, out StartStrings strings);
        Process.Inspection.Strings = strings;
        Process.Arguments = [.. arguments.Select(a => PathText.Of(a))];
        Vm.NoteUse((long)framesNext);
        ref ControlPage control = ref Vm.Control;
        Process.Inspection.SetName(commandName);
        control.Magic = GuestLayout.AbiMagic;
        control.AbiVersion = GuestLayout.AbiVersion;
        control.RamLimit = (ulong)Math.Min(Vm.RamSize, Family.Spec.MemoryBytes);
        control.RamMax = (ulong)Family.Spec.MemoryBytes;
        control.CleanFrom = (ulong)Vm.CleanFrom;
        control.Tracing = Family.Spec.Trace is null ? 0u : 1u;
        control.FramesNext = framesNext;
        control.TablesBase = Vm.TablesBase;
        control.TablesNext = tablesNext;
        control.Borrowed = 0;
        control.SmallLimit = Math.Min(control.RamLimit, Vm.SmallLimit(framesNext));
        (control.TableChanges, control.ExtentPages) = (0, 0);
        (control.RunNext, control.RunEnd, control.RunClean) = (0, 0, 0);
        control.Extents = default;
        control.ProgramBreak = image.ProgramBreak;
        control.Entry = image.Entry;
        control.StackPointer = stack;
        control.Executed = executed ? 1u : 0;
        control.Renamed = Family.IsRenamed ? 1u : 0;
        control.AreaCount = (uint)image.Areas.Count;
        for (int i = 0; i < image.Areas.Count; i++)
        {
            control.Areas[i] = image.Areas[i];
        }

        PublishIdentity();
        Process.Users.PublishCredentials();
        Vm.UseTables(tablesNext);
        Vm.StartAt(Family.Host.LibosHeader.Start, GuestLayout.LibosPrivate + Family.Host.Libos.PrivateEnd - 64);
        Family.Account(Process, Process.ChargedBytes());
    }

    /// <summary>The last name of a path.</summary>
    public static string NameIn(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Tells the library OS its pid and kin.</summary>
    public void PublishIdentity()
    {
        ref ControlPage control = ref Vm.Control;
        control.Pid = (uint)Entry.Pid;
        control.Ppid = (uint)Entry.Parent;
        control.Pgid = (uint)Entry.Group;
        control.Sid = (uint)Entry.Session;
    }

    /// <summary>vfork's promise to the parent is kept: the child has another program, or is gone.</summary>
    /// <remarks>A vfork child borrows its parent's memory. Where machines cannot lend it, it has a copy of most of it, which comes back when it gives the memory back.</remarks>
    public void ReleaseVforkParent()
    {
        if (Interlocked.Exchange(ref vforkParent, null) is { } parent)
        {
            parent.Vm.TakeBack(Vm, Family.Host.Libos, Process.UsedBytes());
            parent.Processes.vforkDone = true;
            parent.WakeUp();
        }
        else if (Vm.IsBorrowing)
        {
            Vm.EndBorrowing();
            lender!.Processes.FramesAreBack(Process.UsedBytes());
        }
    }

    /// <summary>At its end, on its thread: the machine may go to the pool. Else who has its frames returns it.</summary>
    public bool LeavesMachine()
    {
        if (lendsOn && Interlocked.Increment(ref partsBack) == 1)
        {
            return false;
        }

        Vm.NoteUse(usedByChild);
        return true;
    }

    private void FramesAreBack(long used)
    {
        usedByChild = Math.Min(used, Machines.Machine.InitialRam);
        if (Interlocked.Increment(ref partsBack) == 2)
        {
            Vm.NoteUse(usedByChild);
            Family.Host.Pool.ReturnIdle(Process.Worker);
        }
    }

    public long Fork(ForkRequest request)
    {
        bool vfork = request.IsVfork;
        if (request.ExitSignal >= GuestLayout.Signals)
        {
            return -Errno.EINVAL;
        }

        long used = Process.UsedBytes();
        GuestProcess? child = Family.NewChild(Process, request, out int errno);
        if (child is null)
        {
            return -errno;
        }

        long pidfd = request.WantsPidfd ? Process.Files.OpenProcess(child.Pid, nonBlocking: false) : 0;
        if (pidfd < 0)
        {
            Family.AbandonChild(child, "no descriptor for the child");
            return pidfd;
        }

        try
        {
            child.Vm.CloneFrom(Vm, used, borrow: vfork);
        }
        catch (Exception e) when (e is HostException or EngineException)
        {
            if (request.WantsPidfd)
            {
                Process.Files.CloseFile((ulong)pidfd);
            }

            Family.AbandonChild(child, e.Message);
            return -Errno.ENOMEM;
        }

        ref ControlPage control = ref child.Vm.Control;
        ChildPages.Begin(ref control, ref child.Vm.Counters, child.Vm.RamSize, child.Vm.CleanFrom);
        child.Entry.ExitSignal = request.IsSibling ? Entry.ExitSignal : request.ExitSignal;
        child.Processes.PublishIdentity();
        child.Processes.RunsFile(programFile);
        child.Files.InheritFiles(Process, except: request.WantsPidfd ? (int)pidfd : -1);
        (child.Inspection.Strings, child.Arguments) = (Process.Inspection.Strings, Process.Arguments);
        child.Users.Inherit(Process.Users);

        // Every end is counted before the child exists for anybody, so that no reader sees a last writer go.
        foreach ((int _, Segment segment) in Vm.Window.Visible())
        {
            lock (segment.Gate)
            {
                segment.Hold(child, segment.EndsOf(Process));
            }
        }

        Family.UsedIpc?.Forked(Process, child);
        int pid = child.Pid;
        if (vfork)
        {
            vforkDone = false;
            child.Processes.vforkParent = child.Processes.lender = Process;
        }

        bool lends = child.Vm.IsBorrowing;

        Family.Account(child, child.ChargedBytes());
        child.Vm.StartAt(Family.Host.LibosHeader.ForkChild, control.ForkRsp);
        child.Start();
        Family.Spec.Timeline?.Link("fork", Pid, child.StartedAt, child.Pid, child.StartedAt);
        while (vfork && !vforkDone)
        {
            // Who is killed while its child has its memory leaves that to the child.
            if (Process.KillSignal != 0 && Interlocked.Exchange(ref child.Processes.vforkParent, null) is not null)
            {
                lendsOn = lends;
                break;
            }

            Process.Sleep(0, spin: true);
        }

        return (long)(uint)pid | (pidfd << 32);
    }

    /// <summary>Replaces the program. The library OS's own data stay: descriptors live there.</summary>
    /// <param name="strings">Guest-virtual address of the header and the strings.</param>
    public long Exec(ulong strings, ulong directory, int flags)
    {
        if (ReadExec(strings) is not { } wanted)
        {
            return Fail(Errno.EFAULT);
        }

        int errno = Family.Programs.Resolve(Process, wanted, directory, flags, out ResolvedProgram? program);
        if (program is null)
        {
            return Fail(errno);
        }

        if (!Vm.IsBorrowing)
        {
            Vm.NoteUse(Process.UsedBytes());
        }

        ReleaseVforkParent();
        Process.NoteMostResident();
        Process.Segments.ReleaseMemory();
        Family.UsedIpc?.DetachAll(Process);
        Vm.Extents.ReleaseAll();
        PageTables tables = Vm.Load(program.Image, Family.Host.Libos, keepLibraryOs: true);
        RunsFile(program.File ?? programFile);
        Process.IsFirstProgram = Process.IsFirstProgram && program.Image == Vm.Program && program.Path == Process.ProgramPath;
        Process.ProgramPath = program.Path;
        Credentials next = Credentials.Execute(program.Mode, program.Owner, program.Group, program.IsReadable, out bool secure);
        Vm.Control.DeathSignal = secure ? 0 : Vm.Control.DeathSignal;
        Process.Users.Become((next, 0));
        PrepareProgram(
            program.Image, tables, program.Request.Path, NameIn(wanted.Path.Length > 0 ? wanted.Path : PathText.OfHost(program.Path)), program.Request.Arguments, program.Request.Environment, executed: true, secure);
        Vm.Control.Pending = 1; // what is pending stays so, and may no longer be handled
        Family.Executed(Process);
        return 0;

        long Fail(int number)
        {
            Vm.Return(-number);
            return -number;
        }
    }

    /// <summary>Path, arguments and environment from the library OS's memory; null if they are not what they should be.</summary>
    private ExecRequest? ReadExec(ulong address)
    {
        const int MostBytes = 3 << 20;
        int headerBytes = Marshal.SizeOf<ExecHeader>();
        if (address is not (GuestLayout.ExecStrings or GuestLayout.LibosPrivate + GuestLayout.BounceOffset) || ReadPrivate(address, headerBytes) is not { } headerText)
        {
            return null;
        }

        ExecHeader header = MemoryMarshal.Read<ExecHeader>(headerText);
        if (header.Bytes is 0 or > MostBytes || ReadPrivate(address, (int)header.Bytes) is not { } bytes)
        {
            return null;
        }

        int at = headerBytes;
        byte[]? path = NextString(bytes, ref at);
        List<byte[]> arguments = [], environment = [];
        for (ulong i = 0; i < (ulong)header.Argc + header.Envc; i++)
        {
            if (NextString(bytes, ref at) is not { } text)
            {
                return null;
            }

            (i < header.Argc ? arguments : environment).Add(text);
        }

        return path is null ? null : new ExecRequest(PathText.Of(path), arguments, environment);
    }

    /// <summary>Guest-virtual memory that is backed by private memory; null if it is not.</summary>
    private byte[]? ReadPrivate(ulong address, int bytes)
    {
        PageTables tables = Vm.PageTables;
        byte[] copy = new byte[bytes];
        for (int done = 0; done < bytes;)
        {
            int piece = Math.Min(bytes - done, GuestLayout.Page - (int)((address + (ulong)done) % GuestLayout.Page));
            if (tables.Translate(address + (ulong)done) is not { } physical || physical + (ulong)piece > (ulong)Vm.RamSize)
            {
                return null;
            }

            Vm.At(physical, piece)!.Value.Span.CopyTo(copy.AsSpan(done));
            done += piece;
        }

        return copy;
    }

    private static byte[]? NextString(ReadOnlySpan<byte> bytes, ref int at)
    {
        int length = at <= bytes.Length ? bytes[at..].IndexOf((byte)0) : -1;
        if (length < 0)
        {
            return null;
        }

        byte[] text = bytes.Slice(at, length).ToArray();
        at += length + 1;
        return text;
    }

    public long Wait(WaitTarget target, int id, int options)
    {
        while (true)
        {
            WaitReport? found = Family.Wait(Process, target, id, options, out bool anyMatches);
            if (found is { } report)
            {
                Store(report);
                return report.Pid;
            }

            if (!anyMatches)
            {
                return -Errno.ECHILD;
            }

            if ((options & 1) != 0)
            {
                return 0; // WNOHANG
            }

            if (Process.SignalDue())
            {
                return -Errno.ERESTARTSYS;
            }

            Process.Sleep(0, spin: true);
        }
    }

    /// <summary>Tells the library OS how many children it could wait for. Called with the family's gate held.</summary>
    public void PublishZombies() => Interlocked.Exchange(ref Vm.Control.Zombies, (uint)Entry.Zombies);

    /// <summary>The library OS spins or sleeps in wait4: reap for it. Called with the family's gate held.</summary>
    /// <param name="reap">wait4 for that target, with WEXITED.</param>
    public void ReapFor(Func<WaitTarget, int, WaitReport?> reap)
    {
        ref ControlPage control = ref Vm.Control;
        ref uint state = ref System.Runtime.CompilerServices.Unsafe.As<WaitState, uint>(ref control.WaitState);
        uint waits = Volatile.Read(ref state);
        if (waits is not ((uint)WaitState.Spinning or (uint)WaitState.Asleep) || Interlocked.CompareExchange(ref state, (uint)WaitState.Claimed, waits) != waits)
        {
            return;
        }

        if (reap((WaitTarget)control.WaitType, control.WaitId) is { } report)
        {
            Store(report);
            control.WaitPid = report.Pid;
        }
        else
        {
            control.WaitPid = 0; // not the child it waits for: let it ask
        }

        Volatile.Write(ref state, (uint)WaitState.Done);
        if (waits == (uint)WaitState.Asleep)
        {
            Family.Page.CountWoken(HostFutex.Wake(Vm.Memory.Slice(WaitStateOffset, sizeof(uint))));
        }
    }

    private void Store(WaitReport report)
    {
        ref WaitResult result = ref Vm.Control.WaitResult;
        result[0] = report.Word;
        result[1] = report.Code;
        result[2] = report.SignalStatus;
        result[3] = report.User;
        result[4] = report.Usage.UserUs;
        result[5] = report.Usage.SystemUs;
        result[6] = report.Usage.MaxRssKb;
    }

    /// <summary>getrusage: of the process, or of the children that it has waited for.</summary>
    public long Usage(long who)
    {
        ProcessUsage usage = who == 0 ? Process.UsedCpu() : Family.ChildrenUsage(Process);
        ref UsageWords words = ref Vm.Control.Usage;
        words[0] = usage.UserUs;
        words[1] = usage.SystemUs;
        words[2] = usage.MaxRssKb;
        words[3] = Process.ResidentBytes() / GuestLayout.Page;
        return 0;
    }

    /// <summary>Something that the summary must name, once a family.</summary>
    public long NameFinding(int finding)
    {
        if (finding == GuestLayout.FindingThread)
        {
            Family.LimitHit($"threads: {Path.GetFileName(Process.ProgramPath)} asked for a thread (clone with CLONE_VM) and got ENOSYS: a unikernel process has one thread");
        }

        return 0;
    }
}
