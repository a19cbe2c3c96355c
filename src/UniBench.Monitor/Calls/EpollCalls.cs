using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Events;
using UniBench.Monitor.Families;
using UniBench.Monitor.Files;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Calls;

/// <summary>Epoll sets that processes share.</summary>
internal sealed class EpollCalls(GuestProcess process) : CallModule(process)
{
    public const long SettlesNs = 1_000_000; // the longest that a change can be on its way

    public ulong PendingSignals => Volatile.Read(ref Vm.Control.SigPending);

    public long MakeSet()
    {
        int made = HostEpoll.Create();
        return made < 0 ? made : Process.Files.Keep(new OpenFile(made, null) { NeverBlocks = true, Set = new EpollSet(made, Family.Budget) });
    }

    /// <summary>epoll_ctl, once or for all members of a set that comes here.</summary>
    /// <returns>0, or the error of the first change that failed.</returns>
    public long ChangeSet(EpollSet set, long count)
    {
        int bytes = Marshal.SizeOf<MemberChange>();
        if (count > GuestLayout.BounceSize / bytes)
        {
            return -Errno.EINVAL;
        }

        MemberChange[] changes = MemoryMarshal.Cast<byte, MemberChange>(Vm.Bounce.Span[..((int)count * bytes)]).ToArray();

        // Files that have reported all their news come first, when nothing else of these is ready yet.
        HashSet<OpenFile> reported = [];
        foreach (MemberChange change in changes.OrderBy(c => HasReported(c) ? 0 : 1).ToArray())
        {
            bool isReported = HasReported(change);
            if (!isReported && reported.Count > 0)
            {
                set.Settle(reported);
                reported.Clear();
            }

            if (ChangeSet(set, change) is var result and < 0)
            {
                if (result == -Errno.ENOMEM)
                {
                    Family.LimitHit(Family.Budget.FilesSentence);
                }

                return result;
            }

            if (isReported && Process.Files.Held(change.Handle) is { } file)
            {
                reported.Add(file);
            }
        }

        if (reported.Count > 0)
        {
            set.Settle(reported);
        }

        return 0;
    }

    private bool HasReported(in MemberChange change) =>
        change is { Operation: (uint)MemberOperation.Move, Kind: (uint)DescriptorKind.Host } && (change.Events & EpollMember.AtOnce) != 0 && (change.Events & EpollMember.Pollable) != 0
        && Process.Files.Held(change.Handle) is { Edges: >= 0 and int edges } && !HostEdges.HasNews(edges);

    public long ChangeSet(EpollSet set, in MemberChange change)
    {
        int number = (int)change.Number;
        MemberOperation operation = (MemberOperation)change.Operation;
        bool adds = operation is MemberOperation.Add or MemberOperation.Move;
        DescriptorKind kind = (DescriptorKind)Math.Min(change.Kind, byte.MaxValue);
        if (operation == MemberOperation.Forget)
        {
            set.Forget(number, Pid);
            return 0;
        }

        object? target = null;
        switch (kind)
        {
            case DescriptorKind.Host when Process.Files.Held(change.Handle) is { } file:
                if (file.CheckPolled() is var refused and not 0)
                {
                    return refused;
                }

                if (adds)
                {
                    return set.AddFile(number, file, change.Events, change.Data);
                }

                target = file;
                break;
            case DescriptorKind.PipeRead or DescriptorKind.PipeWrite or DescriptorKind.PipeBoth:
                int ends = kind switch { DescriptorKind.PipeRead => 1, DescriptorKind.PipeWrite => 2, _ => 3 };
                if (Vm.Window.At(change.Slot) is not Ring ring || !HoldsEnds(ring, ends))
                {
                    return -Errno.EBADF;
                }

                if (adds)
                {
                    return set.AddPipe(number, ring, ends, SinceOf(change.Handle), change.Events, change.Data, operation == MemberOperation.Move ? change.Seen : 0);
                }

                target = ring;
                break;
            case DescriptorKind.Socket when Process.Files.Held(change.Handle) is { Socket: { } socket } file:
                if (adds)
                {
                    return set.AddSocket(number, file, socket, change.Events, change.Data, operation == MemberOperation.Move ? change.Seen : 0);
                }

                target = socket;
                break;
            case DescriptorKind.Signal when adds:
                return set.AddSignals(number, change.Mask, Pid, change.Events, change.Data);
            case DescriptorKind.Signal:
                break;
            default:
                return -Errno.EBADF;
        }

        return operation switch
        {
            MemberOperation.Remove => set.Remove(number, target),
            MemberOperation.Change => set.Change(number, target, change.Events, change.Data),
            _ => -Errno.EINVAL,
        };
    }

    private bool HoldsEnds(Ring ring, int ends)
    {
        lock (ring.Gate)
        {
            return (ends & ~ring.EndsOf(Process)) == 0;
        }
    }

    /// <summary>Of a FIFO's descriptor: the writers that do not count as having been there (libos.h: PIPE_OWN_FLAGS, PIPE_SINCE_SHIFT).</summary>
    private static uint SinceOf(uint word)
    {
        const uint OwnFlags = 0x80000000;
        const int SinceShift = 15;
        return (word & OwnFlags) != 0 ? word >> SinceShift & GuestLayout.OpenSinceMask : 0;
    }

    /// <summary>epoll_wait: events in the bounce buffer.</summary>
    /// <param name="deadlineNs">As PARK has it.</param>
    public long WaitForSet(EpollSet set, long most, long deadlineNs)
    {
        Span<HostEpoll.Event> to = MemoryMarshal.Cast<byte, HostEpoll.Event>(Vm.Bounce.Span);
        to = to[..(int)Math.Clamp(most, 0, to.Length)];
        while (true)
        {
            HostWaiter waiter = Process.Worker.HostWaiter;
            waiter.Enter();
            try
            {
                bool unsettled = false;
                int count = set.Collect(PendingSignals, to, ref unsettled);
                if (count > 0 || to.IsEmpty || (deadlineNs != 0 && HostClock.Monotonic >= deadlineNs))
                {
                    return count;
                }

                if (Process.SignalDue())
                {
                    return -Errno.ERESTARTSYS;
                }

                long settled = HostClock.Monotonic + SettlesNs, until = !unsettled ? deadlineNs : deadlineNs == 0 ? settled : Math.Min(deadlineNs, settled);
                Process.Transfers.Blocked(() => waiter.Wait([new PollEntry(set.Descriptor, PollEvents.In, 0)], until));
            }
            finally
            {
                waiter.Leave();
            }
        }
    }
}
