using System.Globalization;
using System.Text;
using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;
using UniBench.Monitor.Segments;
using UniBench.Monitor.Sockets;

namespace UniBench.Monitor.Events;

/// <summary>An epoll set that processes share. Its files lie in a set of the host; pipes and signals, which the host does not see, are looked at here, and an eventfd in the host's set tells of pipes.</summary>
/// <remarks>
/// So the set's descriptor can be polled and nested like any other, once <see cref="Refresh"/> has made the eventfd say how things are. Who holds the gate takes gates of
/// rings, and of sets that are members; never the other way round.
/// </remarks>
internal sealed class EpollSet(int descriptor, FamilyBudget budget)
{
    public const int MostMembers = 16384; // that the host knows nothing of
    private const ulong OfPipes = 0; // what the host's set says of the eventfd
    private const int FileExists = 17, NoSpace = 28;
    private readonly Lock gate = new();
    private readonly Dictionary<(int Number, object Target), EpollMember> members = [];
    private readonly Dictionary<ulong, FileMember> files = [];
    private readonly List<EpollMember> own = []; // pipes and signals, the one that reported last at the end
    private readonly object signals = new();
    private volatile int told = -1; // the eventfd
    private ulong lastId = OfPipes;
    private bool ownFirst;
    private HostEpoll.Event[] found = new HostEpoll.Event[16];

    /// <summary>The host's set.</summary>
    public int Descriptor => descriptor;

    /// <summary>Adds an open file.</summary>
    public long AddFile(int number, OpenFile file, uint events, ulong data)
    {
        lock (gate)
        {
            if (members.ContainsKey((number, file)))
            {
                return -FileExists;
            }

            FileMember member = new(this, file, number, ++lastId, budget) { Events = events, Data = data };
            long result = member.Watch();
            if (result < 0)
            {
                member.Leave();
                return result;
            }

            files.Add(lastId, member);
            members.Add((number, file), member);
            return 0;
        }
    }

    /// <summary>What these members would report first was reported already, by the set that they come from.</summary>
    public void Settle(IReadOnlyCollection<OpenFile> reported)
    {
        lock (gate)
        {
            HostEpoll.Event[] all = new HostEpoll.Event[files.Count + 1];
            int count = HostEpoll.Take(descriptor, all);
            foreach (FileMember member in all.Take(count).Select(e => files.GetValueOrDefault(e.Data)).OfType<FileMember>())
            {
                if (!reported.Contains(member.File) || HostEdges.HasNews(member.File.Edges))
                {
                    member.Watch(); // so it is news again
                }
            }
        }
    }

    public long AddPipe(int number, Ring ring, int ends, uint since, uint events, ulong data, ulong seen)
    {
        lock (gate)
        {
            Prune();
            if (members.ContainsKey((number, ring)))
            {
                return -FileExists;
            }

            if (own.Count == MostMembers || !HasTold())
            {
                return -(own.Count == MostMembers ? NoSpace : Errno.ENOMEM);
            }

            PipeMember member = new(this, ring, ends, since, number) { Events = events, Data = data };
            member.Saw(seen);
            lock (ring.Gate)
            {
                ring.Watch(member);
            }

            members.Add((number, ring), member);
            own.Add(member);
            Tell(); // who waits looks at it, too
            return 0;
        }
    }

    /// <summary>Adds a socket of the family's.</summary>
    /// <param name="file">Of the socket.</param>
    public long AddSocket(int number, OpenFile file, Socket socket, uint events, ulong data, ulong seen)
    {
        lock (gate)
        {
            Prune();
            if (members.ContainsKey((number, socket)))
            {
                return -FileExists;
            }

            if (own.Count == MostMembers || !HasTold())
            {
                return -(own.Count == MostMembers ? NoSpace : Errno.ENOMEM);
            }

            SocketMember member = new(this, file, socket, number) { Events = events, Data = data };
            member.Saw(seen);
            members.Add((number, socket), member);
            own.Add(member);
            Tell();
            return 0;
        }
    }

    public long AddSignals(int number, ulong mask, int process, uint events, ulong data)
    {
        lock (gate)
        {
            if (members.ContainsKey((number, signals)))
            {
                return -FileExists;
            }

            if (own.Count == MostMembers)
            {
                return -NoSpace;
            }

            SignalMember member = new(number, mask, process) { Events = events, Data = data };
            members.Add((number, signals), member);
            own.Add(member);
            return 0;
        }
    }

    /// <param name="target">The file, the ring, or null for signals.</param>
    public long Change(int number, object? target, uint events, ulong data)
    {
        lock (gate)
        {
            if (!members.TryGetValue((number, target ?? signals), out EpollMember? member) || member.IsGone)
            {
                return -Errno.ENOENT;
            }

            if ((member.Events & EpollMember.Exclusive) != 0)
            {
                return -Errno.EINVAL;
            }

            (member.Events, member.Data) = (events, data);
            (member as RingMember)?.Forget();
            if (member is FileMember file)
            {
                return file.Watch();
            }

            Tell();
            return 0;
        }
    }

    /// <param name="target">The file, the ring, or null for signals.</param>
    public long Remove(int number, object? target)
    {
        lock (gate)
        {
            return members.TryGetValue((number, target ?? signals), out EpollMember? member) && !member.IsGone && Drop(member, target ?? signals) ? 0 : -Errno.ENOENT;
        }
    }

    /// <summary>A file is closed everywhere.</summary>
    public void Remove(FileMember member)
    {
        lock (gate)
        {
            Drop(member, member.File);
        }
    }

    /// <summary>A process has closed its signal descriptor.</summary>
    public void Forget(int number, int process)
    {
        lock (gate)
        {
            if (members.GetValueOrDefault((number, signals)) is SignalMember member && member.Process == process)
            {
                Drop(member, signals);
            }
        }
    }

    /// <summary>Makes the descriptor say how things are now, and every change of a pipe come here.</summary>
    /// <param name="pending">Signals of who asks.</param>
    /// <param name="unsettled">Set where a change of a moment ago may not come: look again soon.</param>
    /// <returns>Signals are ready, of which the descriptor says nothing.</returns>
    public bool Refresh(ulong pending, ref bool unsettled)
    {
        lock (gate)
        {
            Prune();
            unsettled |= Arm();
            Publish();
            bool ready = own.OfType<SignalMember>().Any(m => m.Ready(pending) != 0);
            foreach (FileMember member in files.Values)
            {
                ready |= member.File.Set is { } nested && !member.IsSpent && nested.Refresh(pending, ref unsettled);
            }

            return ready;
        }
    }

    /// <summary>Takes events, without waiting.</summary>
    /// <param name="pending">Signals of who asks.</param>
    /// <param name="unsettled">As <see cref="Refresh"/>.</param>
    public int Collect(ulong pending, Span<HostEpoll.Event> to, ref bool unsettled)
    {
        lock (gate)
        {
            Refresh(pending, ref unsettled);
            int count = 0;
            ownFirst = !ownFirst;
            if (ownFirst)
            {
                CollectOwn(pending, to, ref count);
            }

            CollectFiles(to, ref count);
            if (!ownFirst)
            {
                CollectOwn(pending, to, ref count);
            }

            if (count == 0)
            {
                CollectNested(pending, to, ref count);
            }

            if (count > 0 && own.Count > 0)
            {
                Publish(); // the next one that waits finds what this one was not told
            }

            return count;
        }
    }

    /// <summary>A pipe has changed. From any thread, with a ring's gate held.</summary>
    public void Tell()
    {
        if (told >= 0)
        {
            HostIo.WriteAll(told, One);
        }
    }

    /// <summary>Nobody has the set any more.</summary>
    public void Close()
    {
        lock (gate)
        {
            foreach (EpollMember member in members.Values)
            {
                member.Leave();
            }

            members.Clear();
            files.Clear();
            own.Clear();
            if (told >= 0)
            {
                HostIo.Close(told);
                told = -1;
                budget.GiveFile();
            }
        }
    }

    /// <summary>Its lines in /proc/PID/fdinfo.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        lock (gate)
        {
            foreach (EpollMember member in members.Values.Where(m => !m.IsGone))
            {
                ulong inode = member switch { FileMember file => file.File.Entry.Inode, RingMember rings => rings.Inode, _ => 1 };
                text.Append(DescribeMember(member.Number, member.Events, member.Data, inode));
            }
        }

        return text.ToString();
    }

    public static string DescribeMember(int number, uint events, ulong data, ulong inode) =>
        string.Create(CultureInfo.InvariantCulture, $"tfd: {number,8} events: {events,8:x} data: {data,16:x}  pos:0 ino:{inode:x} sdev:f\n");

    private static ReadOnlySpan<byte> One => [1, 0, 0, 0, 0, 0, 0, 0];

    private bool Arm()
    {
        bool unsettled = false;
        foreach (EpollMember member in own)
        {
            unsettled |= (member as RingMember)?.Arm() == true;
        }

        return unsettled;
    }

    /// <summary>The eventfd says whether a pipe has something to report. Called with the gate held; a change meanwhile sets it again.</summary>
    private void Publish()
    {
        if (told < 0)
        {
            return;
        }

        HostIo.Drain(told);
        if (own.OfType<RingMember>().Any(m => m.Ready() != 0))
        {
            Tell();
        }
    }

    private void CollectOwn(ulong pending, Span<HostEpoll.Event> to, ref int count)
    {
        int looked = own.Count;
        for (int at = 0; looked > 0 && count < to.Length; looked--)
        {
            EpollMember member = own[at];
            uint events = member is RingMember rings ? rings.Ready() : ((SignalMember)member).Ready(pending);
            if (events == 0)
            {
                at++;
                continue;
            }

            to[count++] = new HostEpoll.Event(events, member.Data);
            member.Reported();
            own.RemoveAt(at);
            own.Add(member); // others come first the next time
        }
    }

    private void CollectFiles(Span<HostEpoll.Event> to, ref int count)
    {
        int room = Math.Min(to.Length - count, files.Count);
        if (room == 0)
        {
            return;
        }

        if (found.Length <= room)
        {
            found = new HostEpoll.Event[room + 1];
        }

        int ready = HostEpoll.Take(descriptor, found.AsSpan(0, room));
        bool isAmong = false;
        for (int i = 0; i < ready; i++)
        {
            isAmong |= found[i].Data == OfPipes;
            Report(found[i], to, ref count);
        }

        // The eventfd took the place of a file, and comes last now.
        if (isAmong && ready == room && HostEpoll.Take(descriptor, found.AsSpan(0, 1)) == 1)
        {
            Report(found[0], to, ref count);
        }
    }

    private void Report(HostEpoll.Event of, Span<HostEpoll.Event> to, ref int count)
    {
        if (files.TryGetValue(of.Data, out FileMember? member))
        {
            to[count++] = new HostEpoll.Event(of.Events, member.Data);
            member.Reported();
        }
    }

    /// <summary>Sets in which nothing is ready but signals of who asks.</summary>
    private void CollectNested(ulong pending, Span<HostEpoll.Event> to, ref int count)
    {
        const uint Readable = 1;
        bool unsettled = false;
        foreach (FileMember member in files.Values)
        {
            if (count == to.Length)
            {
                return;
            }

            if (member.File.Set is { } nested && !member.IsSpent && (member.Events & Readable) != 0 && nested.Refresh(pending, ref unsettled))
            {
                to[count++] = new HostEpoll.Event(Readable, member.Data);
                member.Reported();
            }
        }
    }

    /// <summary>Pipes whose end is closed everywhere go.</summary>
    private void Prune()
    {
        foreach (RingMember member in own.OfType<RingMember>().Where(m => m.IsGone).ToArray())
        {
            Drop(member, member.Target);
        }
    }

    private bool Drop(EpollMember member, object target)
    {
        if (!members.TryGetValue((member.Number, target), out EpollMember? there) || there != member)
        {
            return false;
        }

        members.Remove((member.Number, target));
        own.Remove(member);
        if (member is FileMember file)
        {
            files.Remove(file.Id);
        }

        member.Leave();
        return true;
    }

    private bool HasTold()
    {
        if (told >= 0)
        {
            return true;
        }

        if (!budget.TryTakeFile())
        {
            return false;
        }

        int made = (int)HostCall.Invoke(LinuxCall.Eventfd2, 0, OpenFlags.Nonblock | OpenFlags.Cloexec);
        if (made < 0 || HostEpoll.Control(descriptor, HostEpoll.Add, made, 1, OfPipes) < 0)
        {
            if (made >= 0)
            {
                HostIo.Close(made);
            }

            budget.GiveFile();
            return false;
        }

        told = made;
        return true;
    }
}
