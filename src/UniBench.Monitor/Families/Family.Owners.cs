using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Families;

/// <summary>Who is told of what happens to open files, by signals; and leases.</summary>
internal sealed partial class Family
{
    private const int MessageBand = PollEvents.In | PollEvents.Rdnorm | PollEvents.Msg;
    private readonly FileLeases leases = new();
    private readonly List<GuestProcess> leaseWaiters = [];
    private volatile bool hasLeases; // there was ever one
    private DirectoryNotices? notices;

    public bool HasLeases => hasLeases;

    /// <summary>F_SETOWN_EX.</summary>
    /// <returns>0 or -errno.</returns>
    public long SetOwner(GuestProcess process, FileOwner owner, int kind, int id)
    {
        if (kind is < 0 or > 2 || id < 0)
        {
            return -Errno.EINVAL;
        }

        lock (gate)
        {
            if (id != 0 && (kind == 2 ? !table.Entries.Any(e => e.Group == id) : table.Find(id) is null))
            {
                return -Errno.ESRCH;
            }

            (owner.Kind, owner.Id, owner.Setter) = (kind, id, SetterOf(process));
            return 0;
        }
    }

    /// <summary>A ring changed whose ends are to be told by signals.</summary>
    public void TellOwners(Ring ring)
    {
        if (!ring.HasToTell)
        {
            return;
        }

        lock (gate)
        {
            foreach ((FileOwner owner, int side) in ring.TakeToTell())
            {
                const int InBand = PollEvents.In | PollEvents.Rdnorm, OutBand = PollEvents.Out | PollEvents.Wrnorm | PollEvents.Wrband;
                Tell(owner, side == Ring.Reader ? SignalCode.PollIn : SignalCode.PollOut, side == Ring.Reader ? InBand : OutBand);
            }
        }
    }

    /// <summary>Who hears of changes in directories; null: nobody ever asked.</summary>
    public DirectoryNotices? Notices => Volatile.Read(ref notices);

    /// <summary>F_NOTIFY.</summary>
    /// <param name="events">DN_*.</param>
    /// <returns>0 or -errno.</returns>
    public long SetNotice(GuestProcess process, OpenFile directory, uint events, int descriptor)
    {
        LazyInitializer.EnsureInitialized(ref notices, () => new DirectoryNotices(Budget, owner =>
        {
            lock (gate)
            {
                Tell(owner, SignalCode.PollMsg, MessageBand);
            }
        }));
        lock (gate)
        {
            FileOwner owner = directory.Owner;
            owner.Descriptor = descriptor;
            (owner.Kind, owner.Id, owner.Setter) = owner.Id == 0 ? (1, process.Pid, SetterOf(process)) : (owner.Kind, owner.Id, owner.Setter);
        }

        return notices.Set(directory, events, Calls.PathCalls.DescriptorPath(directory.Descriptor));
    }

    /// <summary>F_SETLEASE.</summary>
    /// <returns>0 or -errno.</returns>
    public long SetLease(GuestProcess process, OpenFile file, LeaseKind kind, int descriptor, (int Readers, int Writers) opened)
    {
        lock (gate)
        {
            hasLeases = true;
            int errno = leases.Set(file, kind, opened.Readers, opened.Writers);
            if (errno == 0)
            {
                FileOwner owner = file.Owner;
                if (kind == LeaseKind.None)
                {
                    owner.Clear();
                }
                else
                {
                    owner.Descriptor = descriptor;
                    (owner.Kind, owner.Id, owner.Setter) = owner.Id == 0 ? (1, process.Pid, SetterOf(process)) : (owner.Kind, owner.Id, owner.Setter);
                }

                leaseWaiters.ForEach(w => w.WakeUp());
            }

            return -errno;
        }
    }

    public LeaseKind GetLease(OpenFile file)
    {
        lock (gate)
        {
            return leases.Of(file);
        }
    }

    /// <summary>A process is about to open a file; it waits until that returns 0, or gives up and <see cref="StopWaitingForLease"/>.</summary>
    /// <returns>As <see cref="FileLeases.Break"/>.</returns>
    public long BreakLeases(GuestProcess process, (ulong Device, ulong Inode) file, bool writes)
    {
        lock (gate)
        {
            long until = leases.Break(file, writes, HostClock.Monotonic, out IReadOnlyList<FileLease> told);
            leaseWaiters.Remove(process);
            if (until != 0)
            {
                leaseWaiters.Add(process);
            }

            foreach (FileLease lease in told)
            {
                Tell(lease.File.Owner, SignalCode.PollMsg, MessageBand);
            }

            return until;
        }
    }

    public void StopWaitingForLease(GuestProcess process)
    {
        lock (gate)
        {
            leaseWaiters.Remove(process);
        }
    }

    /// <summary>Nobody has the open file any more.</summary>
    public void CloseLease(OpenFile file)
    {
        Notices?.Remove(file);
        if (!hasLeases)
        {
            return;
        }

        lock (gate)
        {
            if (leases.Close(file))
            {
                leaseWaiters.ForEach(w => w.WakeUp());
            }
        }
    }

    private static (uint Real, uint Effective) SetterOf(GuestProcess process) => (process.Credentials.Users.Real, process.Credentials.Users.Effective);

    private static bool MaySignal((uint Real, uint Effective) setter, ProcessEntry target) => setter.Effective == 0 || target.Credentials.IsOf(setter.Real, setter.Effective);

    private void Tell(FileOwner owner, int code, int band)
    {
        foreach (ProcessEntry entry in table.Entries.Where(e => owner.Id != 0 && (owner.IsGroup ? e.Group : e.Pid) == owner.Id).ToArray())
        {
            if (MaySignal(owner.Setter, entry) && processes.TryGetValue(entry.Pid, out GuestProcess? process))
            {
                Send(process, owner.Sent, owner.Information(code, band));
            }
        }
    }
}
