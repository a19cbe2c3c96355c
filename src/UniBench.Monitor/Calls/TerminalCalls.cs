using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Procfs;

namespace UniBench.Monitor.Calls;

/// <summary>Terminals: opening them, what of reading and writing is job control's, and their requests. Bytes, settings and hang-up are the host's.</summary>
internal sealed class TerminalCalls(GuestProcess process) : CallModule(process)
{
    private const uint GetSettings = 0x5401, FirstSet = 0x5402, LastSet = 0x5404, FirstOldSet = 0x5406, LastOldSet = 0x5408, FirstNewSet = 0x402c542b, LastNewSet = 0x402c542d;
    private const uint SendBreak = 0x5409, StopOrGo = 0x540a, Flush = 0x540b, SetDiscipline = 0x5423, SendBreakFor = 0x5425;
    private const uint SetExclusive = 0x540c, SetShared = 0x540d, GetExclusive = 0x80045440;
    private const uint SetControlling = 0x540e, GetGroup = 0x540f, SetGroup = 0x5410, Type = 0x5412, GetSize = 0x5413, SetSize = 0x5414, GiveUp = 0x5422, GetSession = 0x5429;
    private const uint GetNumber = 0x80045430, SetLock = 0x40045431, GetLock = 0x80045439, SendSignal = 0x40045436, OpenPeer = 0x5441;
    private const int SizeBytes = 8; // struct winsize

    /// <summary>A new pair, the other end of one, or the terminal that controls the process.</summary>
    /// <param name="path">Where it is in the guest's tree.</param>
    public long Open(SpecialFile special, string path, int flags)
    {
        bool names = (flags & OpenFlags.Path) != 0;
        switch (special)
        {
            case SpecialFile.Multiplexer multiplexer when names:
                return KeepNamed(FileCalls.OpenHost(multiplexer.HostPath, OpenFlags.Path), special, path);
            case SpecialFile.Multiplexer multiplexer:
                return OpenMaster(multiplexer, path, flags);
            case SpecialFile.Pseudo { Pair: { } pair } when names:
                return KeepNamed(pair.OpenSlave(OpenFlags.Path), special, path);
            case SpecialFile.Pseudo { Pair: { } pair }:
                return pair.Node(node => MayOpen(node, flags)) is var refused and not 0 ? refused
                    : pair.IsLocked ? -Errno.EIO
                    : OpenSlave(pair, special, path, flags);
            case SpecialFile.Terminal terminal when names:
                return KeepNamed(FileCalls.OpenOwn(terminal.HostPath, OpenFlags.Path), special, path);
            default:
                return Family.ControllingTerminal(Process) switch
                {
                    PseudoTerminal pair => OpenSlave(pair, special, path, flags | OpenFlags.Noctty),
                    { } when Process.Files.Open.All.Terminal is { } lent => Keep(FileCalls.Duplicate(lent.Descriptor), special, path, flags),
                    _ => -Errno.ENXIO,
                };
        }
    }

    /// <summary>/proc/PID/fd/N of an end of a pair: that end anew, or another pair.</summary>
    public long OpenAgain(OpenFile file, PseudoTerminal pair, int flags) =>
        (flags & OpenFlags.Path) != 0 ? KeepNamed(FileCalls.Duplicate(file.Descriptor), file.Special!, file.Path!)
        : file.IsMaster ? OpenMaster((SpecialFile.Multiplexer)file.Special!, file.Path!, flags)
        : pair.Node(node => MayOpen(node, flags)) is var refused and not 0 ? refused
        : OpenSlave(pair, file.Special!, file.Path!, flags);

    /// <summary>Bytes that are typed for a process: it waits for as many as the settings say.</summary>
    public long Read(OpenFile file, PseudoTerminal pair, int bytes)
    {
        TerminalSettings? settings = file.NonBlocking ? null : TerminalSettings.Of(file.Descriptor);
        (int least, int tenths) = settings is { IsCanonical: false } raw ? raw.Least : (1, 0);
        bool gathers = least > 1;
        long until = least == 0 && tenths > 0 ? InTenths(tenths) : 0, done = 0;
        bool waited = false;
        Action wake = Process.WakeUp;
        if (gathers)
        {
            pair.Await(wake);
        }

        try
        {
            while (true)
            {
                HostWaiter waiter = Process.Worker.HostWaiter;
                waiter.Enter();
                try
                {
                    long result = HostIo.Read(file.Descriptor, Vm.Bounce.Slice(done, bytes - done));
                    if (result > 0)
                    {
                        done += result;
                        if (!gathers || done >= Math.Min(least, bytes))
                        {
                            return done;
                        }

                        until = tenths > 0 ? InTenths(tenths) : 0;
                    }
                    else if (waited && pair.IsHungUp)
                    {
                        return done > 0 ? done : -Errno.EIO; // who comes later reads the end of file
                    }
                    else if (result != -Errno.EAGAIN || file.NonBlocking)
                    {
                        return done > 0 ? done : result;
                    }
                    else if (Process.SignalDue())
                    {
                        return done > 0 ? done : -Errno.ERESTARTSYS;
                    }
                    else if (until != 0 && HostClock.Monotonic >= until)
                    {
                        return done;
                    }
                    else
                    {
                        waited = true;
                        Process.Transfers.Blocked(() => waiter.Wait([new PollEntry(file.Descriptor, PollEvents.In, 0)], until));
                    }
                }
                finally
                {
                    waiter.Leave();
                }
            }
        }
        finally
        {
            if (gathers)
            {
                pair.AwaitNoMore(wake);
            }
        }

        static long InTenths(int tenths) => HostClock.Monotonic + (tenths * 100_000_000L);
    }

    /// <summary>Whether a process may read from its terminal now.</summary>
    /// <returns>0, or -errno.</returns>
    public long RefuseInput(OpenFile file) => file is { IsTerminal: true, IsMaster: false } && Family.TerminalOf(file) is { } terminal
        ? Family.RefuseBackground(Process, terminal, Signal.SIGTTIN)
        : 0;

    /// <summary>Whether a process may write to its terminal now: where it says so, not from the background.</summary>
    /// <returns>0, or -errno.</returns>
    public long RefuseOutput(OpenFile file) =>
        file is { IsTerminal: true, IsMaster: false } && Family.TerminalOf(file) is { } terminal && Family.ControllingTerminal(Process) == terminal && TerminalSettings.Of(file.Descriptor) is { StopsOutput: true }
            ? Family.RefuseBackground(Process, terminal, Signal.SIGTTOU)
            : 0;

    /// <summary>The master has taken bytes: keys among them send signals.</summary>
    public void Typed(PseudoTerminal pair, ReadOnlySpan<byte> bytes)
    {
        foreach (int signal in pair.Typed(bytes))
        {
            Family.SignalForeground(pair, signal);
        }
    }

    /// <summary>A request to a terminal, as far as it is not the host's to answer.</summary>
    /// <param name="ask">Asks the host.</param>
    /// <returns>Null if the host is to be asked, and nothing follows from the answer.</returns>
    public long? Control(OpenFile file, Terminal terminal, uint request, ulong argument, Func<long> ask)
    {
        PseudoTerminal? pair = terminal as PseudoTerminal;
        if (pair is { IsHungUp: true } && !file.IsMaster)
        {
            return request == SetGroup ? -Errno.ENOTTY : -Errno.EIO;
        }

        if (IsChange(request, file.IsMaster) && Family.RefuseBackground(Process, terminal, Signal.SIGTTOU) is var refused and not 0)
        {
            return refused;
        }

        return request switch
        {
            GetGroup => Tell(Family.ForegroundOf(Process, terminal, file.IsMaster)),
            SetGroup => Family.SetForeground(Process, terminal, MemoryMarshal.Read<int>(Vm.Bounce.Span)),
            GetSession => Tell(Family.SessionOf(Process, terminal, file.IsMaster)),
            SetControlling => Family.SetControlling(Process, terminal, steals: argument == 1, MayRead(file.Flags)),
            GiveUp => file.IsMaster ? -Errno.ENOTTY : Family.GiveUpTerminal(Process, terminal),
            Type => pair is null || file.IsMaster ? -Errno.EIO : TypeOne(pair),
            SetExclusive or SetShared or GetExclusive => pair is null ? -Errno.ENOTTY : Exclude(pair, request),
            GetNumber or SetLock or GetLock or SendSignal or OpenPeer => file.IsMaster ? ControlMaster(pair!, request, argument) : request == OpenPeer ? -Errno.EIO : -Errno.ENOTTY,
            SetDiscipline => MemoryMarshal.Read<int>(Vm.Bounce.Span) == 0 ? 0 : -Errno.EINVAL, // N_TTY, which it has
            SetSize => pair is null ? null : Resize(file, pair, ask),
            _ when IsSetting(request) && pair is not null => Set(pair, ask),
            _ => null,
        };
    }

    private static bool IsSetting(uint request) => request is (>= FirstSet and <= LastSet) or (>= FirstOldSet and <= LastOldSet) or (>= FirstNewSet and <= LastNewSet);

    /// <summary>What a process in the background is stopped for. Asked of a master only the settings are the other end's.</summary>
    private static bool IsChange(uint request, bool ofMaster) =>
        IsSetting(request) || (request is SendBreak or StopOrGo or Flush or SendBreakFor or SetDiscipline && !ofMaster);

    private static bool MayRead(int flags) => (flags & OpenFlags.Accmode) != OpenFlags.Wronly;

    private long Tell(long value)
    {
        if (value >= 0)
        {
            MemoryMarshal.Write(Vm.Bounce.Span, (int)value);
        }

        return Math.Min(value, 0);
    }

    private long ControlMaster(PseudoTerminal pair, uint request, ulong argument)
    {
        switch (request)
        {
            case GetNumber:
                return Tell(pair.Number);
            case GetLock:
                return Tell(pair.IsLocked ? 1 : 0);
            case SetLock:
                pair.IsLocked = MemoryMarshal.Read<int>(Vm.Bounce.Span) != 0;
                return 0;
            case SendSignal when (int)argument is Signal.SIGINT or Signal.SIGQUIT or Signal.SIGTSTP:
                Family.SignalForeground(pair, (int)argument);
                return 0;
            case SendSignal:
                return -Errno.EINVAL;
            default:
                return pair.IsLocked ? -Errno.EIO : OpenSlave(pair, new SpecialFile.Pseudo(pair), pair.Name, (int)argument);
        }
    }

    private long Exclude(PseudoTerminal pair, uint request)
    {
        if (request == GetExclusive)
        {
            return Tell(pair.IsExclusive ? 1 : 0);
        }

        pair.IsExclusive = request == SetExclusive;
        return 0;
    }

    /// <summary>Types for the user of this terminal, where that is allowed.</summary>
    private long TypeOne(PseudoTerminal pair)
    {
        if (!Credentials.Has(Capability.SysAdmin))
        {
            if (HostText.Read("/proc/sys/dev/tty/legacy_tiocsti").StartsWith('0'))
            {
                return -Errno.EIO;
            }

            if (Family.ControllingTerminal(Process) != pair)
            {
                return -Errno.EPERM;
            }
        }

        byte[] typed = [Vm.Bounce.Span[0]];
        long result = pair.Type(typed);
        if (result == 1)
        {
            Typed(pair, typed);
        }

        return Math.Min(result, 0);
    }

    private long Resize(OpenFile file, PseudoTerminal pair, Func<long> ask)
    {
        Span<byte> before = stackalloc byte[SizeBytes];
        bool known = HostIo.Ioctl(file.Descriptor, GetSize, before) == 0, changes = !known || !before.SequenceEqual(Vm.Bounce.Span[..SizeBytes]);
        long result = ask();
        if (result == 0 && changes)
        {
            Family.SignalForeground(pair, Signal.SIGWINCH);
        }

        return result;
    }

    private static long Set(PseudoTerminal pair, Func<long> ask)
    {
        long result = ask();
        pair.Typed([]); // it was editing a line, or is now
        return result;
    }

    private long OpenMaster(SpecialFile.Multiplexer multiplexer, string path, int flags)
    {
        if (PseudoTerminal.Open(multiplexer.HostPath, flags & OpenFlags.Accmode, out int master, out long error) is not { } pair)
        {
            return error;
        }

        if (!Family.PseudoTerminals.TryAdd(pair))
        {
            HostIo.Close(master);
            Family.LimitHit(PseudoTerminals.Sentence);
            return -Errno.ENOSPC;
        }

        long kept = Process.Files.Keep(new OpenFile(master, path)
        {
            Terminal = pair,
            IsMaster = true,
            Special = multiplexer,
            NeverBlocks = true,
            NonBlocking = (flags & OpenFlags.Nonblock) != 0,
        });
        if (kept < 0)
        {
            Family.HangUp(pair);
        }

        return kept;
    }

    private long OpenSlave(PseudoTerminal pair, SpecialFile special, string path, int flags)
    {
        if (pair.IsHungUp)
        {
            return -Errno.EIO;
        }

        if (pair.IsExclusive && !Credentials.Has(Capability.SysAdmin))
        {
            return -Errno.EBUSY;
        }

        long opened = pair.OpenSlave(flags & OpenFlags.Accmode);
        if (opened >= 0)
        {
            pair.SlaveOpens((int)opened);
        }

        long kept = opened < 0 ? opened : Process.Files.Keep(new OpenFile((int)opened, path)
        {
            Terminal = pair,
            Special = special,
            NeverBlocks = true,
            IsOwn = true,
            NonBlocking = (flags & OpenFlags.Nonblock) != 0,
        });
        if (kept >= 0 && (flags & OpenFlags.Noctty) == 0)
        {
            Family.TerminalOpened(Process, pair, MayRead(flags));
        }

        return kept;
    }

    private static long MayOpen(int node, int flags)
    {
        const int Read = 4, Write = 2;
        int mode = (flags & OpenFlags.Accmode) switch { 0 => Read, OpenFlags.Wronly => Write, _ => Read | Write };
        return PathCalls.Accessible(node, mode);
    }

    private long KeepNamed(long descriptor, SpecialFile special, string path) => Keep(descriptor, special, path, OpenFlags.Path);

    private long Keep(long descriptor, SpecialFile special, string path, int flags) => descriptor < 0
        ? descriptor
        : Process.Files.Keep(new OpenFile((int)descriptor, path) { Special = special, NonBlocking = (flags & OpenFlags.Nonblock) != 0 });
}
