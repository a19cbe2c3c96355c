using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Files;

/// <summary>A pair of the host's that a family has opened: bytes, line discipline and hang-up are the host's, job control is the family's.</summary>
/// <remarks>On the host it stays locked, but for the moment in which the monitor opens the other end itself: nobody else can.</remarks>
internal sealed class PseudoTerminal : Terminal
{
    public const string Multiplexer = "/dev/ptmx";
    private const string Directory = "/dev/pts/";
    private const uint SetLock = 0x40045431, GetNumber = 0x80045430, OpenPeer = 0x5441;
    private const long SettlesNs = 100_000_000; // longer than any driver takes
    private const int OfMonitor = OpenFlags.Noctty | OpenFlags.Nonblock | OpenFlags.Cloexec;
    private readonly Lock gate = new();
    private readonly SignalKeys keys = new();
    private readonly List<Action> awaiting = [];
    private readonly List<int> slaves = []; // descriptors of the other end
    private readonly int master;
    private bool isClosed; // the master: its descriptor is another file's then

    private PseudoTerminal(int master, int number, ulong device)
        : base(FormattableString.Invariant($"{Directory}{number}"), device)
    {
        this.master = master;
        Number = number;
    }

    /// <summary>What the monitor asks of the host's driver, beside what guests may.</summary>
    public static IEnumerable<uint> HostRequests => [SetLock, GetNumber, OpenPeer];

    /// <summary>The host's, so that it is nobody else's name.</summary>
    public int Number { get; }

    /// <summary>As the family has it: the other end does not open by name.</summary>
    public bool IsLocked { get; set; } = true;

    /// <summary>TIOCEXCL: it opens no more, but for who administers.</summary>
    public bool IsExclusive { get; set; }

    /// <summary>The master is closed, or about to be.</summary>
    public bool IsHungUp { get; set; }

    /// <summary>A new pair, by its master.</summary>
    /// <param name="path">One of the names of what makes them.</param>
    /// <param name="access">O_RDONLY, O_WRONLY or O_RDWR.</param>
    /// <param name="error">When null is returned: -errno.</param>
    public static PseudoTerminal? Open(string path, int access, out int master, out long error)
    {
        error = HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, PathText.ToKernel(path), access | OfMonitor);
        master = (int)error;
        if (error < 0)
        {
            return null;
        }

        Span<byte> number = stackalloc byte[sizeof(int)];
        error = HostIo.Ioctl(master, GetNumber, number);
        if (error == 0)
        {
            PseudoTerminal made = new(master, MemoryMarshal.Read<int>(number), 0);
            error = made.Node(node => HostEntry.Of(node) is { } entry ? (long)entry.RawDevice : -Errno.EIO);
            if (error > 0)
            {
                return new PseudoTerminal(master, made.Number, (ulong)error);
            }
        }

        HostIo.Close(master);
        return null;
    }

    /// <summary>The other end.</summary>
    /// <param name="access">O_RDONLY, O_WRONLY or O_RDWR; O_PATH for what only names it.</param>
    /// <returns>A descriptor, or -errno.</returns>
    public long OpenSlave(int access)
    {
        lock (gate)
        {
            if (isClosed)
            {
                return -Errno.EIO;
            }

            Lock(false);
            long opened = HostIo.Ioctl(master, OpenPeer, (long)(access | OfMonitor));
            Lock(true);
            return opened;
        }
    }

    /// <summary>Does something with a descriptor that names the other end without opening it.</summary>
    public long Node(Func<int, long> action)
    {
        long node = OpenSlave(OpenFlags.Path);
        if (node < 0)
        {
            return node;
        }

        try
        {
            return action((int)node);
        }
        finally
        {
            HostIo.Close((int)node);
        }
    }

    /// <summary>A process has opened the other end.</summary>
    public void SlaveOpens(int descriptor)
    {
        lock (gate)
        {
            slaves.Add(descriptor);
        }
    }

    /// <summary>Its descriptor is about to be closed.</summary>
    public void SlaveCloses(int descriptor)
    {
        lock (gate)
        {
            slaves.Remove(descriptor);
        }
    }

    /// <summary>The master's descriptor is about to be closed.</summary>
    public void MasterCloses()
    {
        lock (gate)
        {
            isClosed = true;
        }
    }

    /// <summary>As if it had been typed: TIOCSTI.</summary>
    /// <returns>Bytes taken, or -errno.</returns>
    public long Type(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            return isClosed ? -Errno.EIO : HostIo.Write(master, bytes);
        }
    }

    /// <summary>How many of these bytes the master may be given at once, so that nothing stands behind a key that empties the queues.</summary>
    public int UntilSignal(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            return !isClosed && TerminalSettings.Of(master) is { KeepsQueues: false } settings ? keys.UntilFirst(bytes, settings) : bytes.Length;
        }
    }

    /// <summary>The master has taken these bytes: who waits for a number of them looks again.</summary>
    /// <returns>Signals that were typed, in order.</returns>
    public IReadOnlyList<int> Typed(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            TerminalSettings? settings = isClosed ? null : TerminalSettings.Of(master);
            IReadOnlyList<int> signals = settings is { } known ? keys.In(bytes, known) : [];
            if (signals.Count > 0 && settings is { KeepsQueues: false } && slaves.Count > 0)
            {
                Settle(slaves[0]);
            }

            awaiting.ForEach(wake => wake());
            return signals;
        }
    }

    /// <summary>Calls that after each arrival: poll(2) of a terminal that gives only so many bytes at once does not tell of fewer.</summary>
    public void Await(Action wake)
    {
        lock (gate)
        {
            awaiting.Add(wake);
        }
    }

    public void AwaitNoMore(Action wake)
    {
        lock (gate)
        {
            awaiting.Remove(wake);
        }
    }

    /// <summary>
    /// Waits until the host's line discipline has seen what was typed: it empties the queues for a key that sends a signal, and would throw away what is
    /// written by those whom we tell of the key before. poll(2) waits for it, once there is nothing to read.
    /// </summary>
    private static void Settle(int slave)
    {
        long until = HostClock.Monotonic + SettlesNs;
        while (HostWaiter.Look([new PollEntry(slave, 1, 0)]) > 0 && HostClock.Monotonic < until)
        {
            Thread.Yield();
        }
    }

    private void Lock(bool on)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        MemoryMarshal.Write(value, on ? 1 : 0);
        HostIo.Ioctl(master, SetLock, value);
    }
}
