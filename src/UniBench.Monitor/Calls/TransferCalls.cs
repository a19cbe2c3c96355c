using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Calls;

/// <summary>Bytes to and from files that the monitor keeps, and waiting for them; everything goes through the bounce buffer.</summary>
internal sealed class TransferCalls(GuestProcess process) : CallModule(process)
{
    private PollEntry[] polled = new PollEntry[4];
    private volatile bool inHostCall;

    /// <summary>Its thread may block in a call of the host, which a signal of the host ends.</summary>
    public bool IsInHostCall => inHostCall;

    public long HostRead(ulong handle, ulong bytes)
    {
        if (bytes > GuestLayout.BounceSize || Process.Files.Held(handle) is not { } file)
        {
            return -Errno.EBADF;
        }

        if (file.Listed is not null || file.IsOnlyPolled)
        {
            return file.Listed is not null ? -Errno.EISDIR : -Errno.EINVAL;
        }

        if (file.Text is { } text)
        {
            return Process.Files.ReadText(file, text.Read, (int)bytes);
        }

        if (Process.Terminals.RefuseInput(file) is var refused and not 0)
        {
            return refused;
        }

        if (file is { Terminal: PseudoTerminal pair, IsMaster: false })
        {
            return Process.Terminals.Read(file, pair, (int)bytes);
        }

        while (true)
        {
            long wait = file.NeverBlocks || file.IsRegular ? 0 : WaitFor(file, PollEvents.In);
            if (wait < 0)
            {
                return wait;
            }

            long result = BlockingCall(() => HostIo.Read(file.Descriptor, Vm.Bounce.Slice(0, (long)bytes)));
            if (result != -Errno.EAGAIN || file.NonBlocking)
            {
                if (result > 0)
                {
                    file.Watches?.Read(Vm.Bounce.Span[..(int)result]);
                }

                return result == -Errno.EINTR ? -Errno.ERESTARTSYS : result;
            }

            if ((wait = WaitFor(file, PollEvents.In)) < 0)
            {
                return wait;
            }
        }
    }

    public long HostWrite(ulong handle, ulong bytes)
    {
        if (bytes > GuestLayout.BounceSize || Process.Files.Held(handle) is not { } file)
        {
            return -Errno.EBADF;
        }

        if (file.IsOnlyPolled)
        {
            return -Errno.EINVAL;
        }

        if (file.Text is { } text)
        {
            return Process.Files.WriteText(file, text, (int)bytes);
        }

        if (Process.Terminals.RefuseOutput(file) is var refused and not 0)
        {
            return refused;
        }

        // A blocking descriptor may block in the middle of a write; one that is ready takes PIPE_BUF bytes at least.
        long done = 0;
        do
        {
            long wait = file.NeverBlocks || file.IsRegular ? 0 : WaitFor(file, PollEvents.Out);
            long piece = file.IsPipe && !file.NeverBlocks ? Math.Min((long)bytes - done, 4096)
                : file is { IsMaster: true, Terminal: PseudoTerminal typed } ? typed.UntilSignal(Vm.Bounce.Span[(int)done..(int)bytes])
                : (long)bytes - done;
            long result = wait < 0 ? wait : Process.Files.Grown(
                file, () => FileCalls.After(FileCalls.EndOf(file, HostIo.Seek(file.Descriptor, 0, 1)), piece), () => BlockingCall(() => file.IsRegular
                ? HostCall.OnBuffer(LinuxCall.Write, file.Descriptor, Vm.Bounce.Slice(done, piece), piece) // as its user: whose writing takes set-ID bits away
                : HostIo.Write(file.Descriptor, Vm.Bounce.Slice(done, piece))));
            if (result == -Errno.EAGAIN && !file.NonBlocking)
            {
                result = WaitFor(file, PollEvents.Out);
            }

            if (result < 0)
            {
                return done > 0 ? done : result == -Errno.EINTR ? -Errno.ERESTARTSYS : result;
            }

            if (file is { IsMaster: true, Terminal: PseudoTerminal pair })
            {
                Process.Terminals.Typed(pair, Vm.Bounce.Span.Slice((int)done, (int)result));
            }

            done += result;
        }
        while (done < (long)bytes);
        return done;
    }

    /// <summary>A call that may block after all, because another process was faster: a signal to this process ends it.</summary>
    private long BlockingCall(Func<long> call)
    {
        inHostCall = true;
        Interlocked.MemoryBarrier();
        long result = Process.SignalDue() && Process.KillSignal != 0 ? -Errno.EINTR : call();
        inHostCall = false;
        return result;
    }

    /// <summary>Waits until the file is ready; a signal to the process ends the wait.</summary>
    /// <param name="deadlineNs">-EAGAIN after that; 0: never.</param>
    public long WaitFor(OpenFile file, short events, long deadlineNs = 0)
    {
        Span<PollEntry> entry = [new PollEntry(file.Descriptor, events, 0)];
        if (HostWaiter.Look(entry) > 0)
        {
            return 0;
        }

        if (file.NonBlocking)
        {
            return -Errno.EAGAIN;
        }

        while (true)
        {
            HostWaiter waiter = Process.Worker.HostWaiter;
            waiter.Enter();
            try
            {
                if (Process.SignalDue())
                {
                    return -Errno.ERESTARTSYS;
                }

                if (Blocked(() => waiter.Wait([new PollEntry(file.Descriptor, events, 0)], deadlineNs)) > 0)
                {
                    return 0;
                }

                if (deadlineNs != 0 && HostClock.Monotonic >= deadlineNs)
                {
                    return -Errno.EAGAIN;
                }
            }
            finally
            {
                waiter.Leave();
            }
        }
    }

    /// <summary>Sleeps in a host call, without counting as runnable.</summary>
    public int Blocked(Func<int> wait)
    {
        Process.FallAsleep();
        int result = wait();
        Process.WakenOnOwnCpu();
        return result;
    }

    /// <summary>Sleeps until a ring changes, a host descriptor has events, the deadline passes or somebody wakes the process.</summary>
    /// <returns>How many of the questions have answers; they are in the bounce buffer.</returns>
    public long ParkOnHost(ulong ticket, long deadlineNs, int count)
    {
        Span<PollQuestion> questions = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, PollQuestion>(Vm.Bounce.Span)[..count];
        if (polled.Length < count)
        {
            polled = new PollEntry[count];
        }

        for (int i = 0; i < count; i++)
        {
            OpenFile? file = Process.Files.Held(questions[i].Handle);
            polled[i] = file is { Edges: >= 0 } && (questions[i].Events & GuestLayout.PollEdge) != 0
                ? new PollEntry(file.Edges, PollEvents.In, 0)
                : new PollEntry(file?.Descriptor ?? -1, (short)(questions[i].Events & ~(GuestLayout.PollEdge | GuestLayout.PollKeep)), 0);
        }

        bool unsettled = false, hasSignals = RefreshSets(questions, ref unsettled);
        int ready = HostWaiter.Look(polled.AsSpan(0, count));
        if (ready == 0 && !hasSignals && deadlineNs != 1)
        {
            long until = unsettled ? Math.Min(deadlineNs == 0 ? long.MaxValue : deadlineNs, HostClock.Monotonic + EpollCalls.SettlesNs) : deadlineNs;
            HostWaiter waiter = Process.Worker.HostWaiter;
            waiter.Enter();
            if (Process.MustWait(ticket, deadlineNs))
            {
                ready = Blocked(() => waiter.Wait(polled.AsSpan(0, count), until));
            }

            waiter.Leave();
        }

        if (ready <= 0 && !hasSignals)
        {
            return 0;
        }

        const short Unasked = PollEvents.Err | PollEvents.Hup;
        for (int i = 0; i < count; i++)
        {
            short events = questions[i].Events;
            questions[i].Revents = polled[i].Descriptor < 0 ? PollEvents.Nval
                : (events & GuestLayout.PollEdge) == 0 || polled[i].Revents == 0 || Process.Files.Held(questions[i].Handle) is not { Edges: >= 0 } file ? polled[i].Revents
                : (events & GuestLayout.PollKeep) != 0 ? PollEvents.In
                : (short)(HostEdges.Take(file.Edges) & (events | Unasked) & ~GuestLayout.PollEdge);
            if (hasSignals && questions[i].Revents == 0 && (events & PollEvents.In) != 0 && Process.Files.Held(questions[i].Handle)?.Set?.Refresh(Process.Epoll.PendingSignals, ref unsettled) == true)
            {
                questions[i].Revents = PollEvents.In;
                ready++;
            }
        }

        return ready;
    }

    /// <summary>Sets among what is asked for say how things are now.</summary>
    /// <returns>In one of them a signal of this process is ready, of which its descriptor says nothing.</returns>
    private bool RefreshSets(ReadOnlySpan<PollQuestion> questions, ref bool unsettled)
    {
        bool hasSignals = false;
        foreach (PollQuestion question in questions)
        {
            hasSignals |= Process.Files.Held(question.Handle)?.Set?.Refresh(Process.Epoll.PendingSignals, ref unsettled) == true;
        }

        return hasSignals;
    }

    public long HostIoctl(ulong handle, ulong request, ulong argument)
    {
        if (Process.Files.Held(handle) is not { } file)
        {
            return -Errno.EBADF;
        }

        return request <= uint.MaxValue && Family.TerminalOf(file) is { } terminal && Process.Terminals.Control(file, terminal, (uint)request, argument, () => AskHost(file, request, argument)) is { } answered
            ? answered
            : AskHost(file, request, argument);
    }

    private long AskHost(OpenFile file, ulong request, ulong argument)
    {
        if (HostRequest.Find(request) is not { } known
            || (known.Of == RequestReach.Terminals && !file.IsTerminal)
            || (known.Of == RequestReach.PseudoTerminals && file.Terminal is null))
        {
            return -Errno.ENOTTY;
        }

        // Some wait until the terminal has shown everything.
        long result = BlockingCall(() => known.TakesNumber
            ? HostIo.Ioctl(file.Descriptor, known.Number, (int)argument)
            : HostIo.Ioctl(file.Descriptor, known.Number, Vm.Bounce.Slice(0, Math.Max(known.In, known.Out))));
        return result == -Errno.EINTR ? -Errno.ERESTARTSYS : result;
    }

    public long HostFlags(ulong handle, long flags)
    {
        if (Process.Files.Held(handle) is not { } file)
        {
            return -Errno.EBADF;
        }

        if (file.Socket is not null)
        {
            file.NonBlocking = flags >= 0 ? (flags & OpenFlags.Nonblock) != 0 : file.NonBlocking;
            return file.Flags;
        }

        const int SetFlags = 4;
        int own = HostIo.GetFlags(file.Descriptor);
        if (own < 0)
        {
            return own;
        }

        if (flags >= 0)
        {
            const int Kept = OpenFlags.Append | OpenFlags.Noatime;
            if (!file.IsBorrowed && (own & Kept) != (flags & Kept))
            {
                own = (own & ~Kept) | ((int)flags & Kept);
                long result = HostCall.Invoke(LinuxCall.Fcntl, file.Descriptor, SetFlags, own);
                if (result < 0)
                {
                    return result;
                }
            }

            file.NonBlocking = (flags & OpenFlags.Nonblock) != 0;
        }

        return (uint)file.Flags;
    }

    /// <summary>Calls on a socket of a pair: sendto, recvfrom, shutdown, setsockopt, getsockopt.</summary>
    public long SocketCall(LinuxCall call, OpenFile file, long a, long b, long c)
    {
        const int DontWait = 0x40, NoSignal = 0x4000, Known = 0x1 | 0x2 | 0x20 | 0x40 | 0x80 | 0x100 | 0x4000; // OOB PEEK TRUNC DONTWAIT EOR WAITALL NOSIGNAL
        if (!file.Entry.IsSocket)
        {
            return -Errno.ENOTSOCK;
        }

        if (call is LinuxCall.Setsockopt or LinuxCall.Getsockopt && SocketRules.CheckOption(a, b, sets: call == LinuxCall.Setsockopt) is var refused and not 0)
        {
            return refused;
        }

        switch (call)
        {
            case LinuxCall.Shutdown:
                return HostCall.Invoke(call, file.Descriptor, a);
            case LinuxCall.Setsockopt:
                return HostCall.Invoke(call, file.Descriptor, a, b, Vm.Bounce.Address, Math.Clamp(c, 0, 1024));
            case LinuxCall.Getsockopt:
                System.Runtime.InteropServices.MemoryMarshal.Write(Vm.Bounce.Span[2048..], (int)Math.Clamp(c, 0, 1024));
                long result = HostCall.Invoke(call, file.Descriptor, a, b, Vm.Bounce.Address, Vm.Bounce.Slice(2048, 4).Address);
                return result < 0 ? result : System.Runtime.InteropServices.MemoryMarshal.Read<int>(Vm.Bounce.Span[2048..]);
        }

        if ((ulong)a > GuestLayout.BounceSize || (b & ~Known) != 0)
        {
            return -Errno.EINVAL;
        }

        bool sends = call == LinuxCall.Sendto, waits = !file.NonBlocking && (b & DontWait) == 0;
        while (true)
        {
            long result = sends
                ? HostCall.Invoke(LinuxCall.Sendto, file.Descriptor, Vm.Bounce.Address, a, b | DontWait | NoSignal, 0)
                : HostIo.Receive(file.Descriptor, Vm.Bounce.Slice(0, a), (int)b | DontWait);
            if (result != -Errno.EAGAIN || !waits)
            {
                return result;
            }

            long wait = WaitFor(file, sends ? PollEvents.Out : PollEvents.In);
            if (wait < 0)
            {
                return wait;
            }
        }
    }
}
