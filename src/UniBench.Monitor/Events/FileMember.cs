using UniBench.Host;
using UniBench.Monitor.Files;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Events;

/// <summary>An open file of the host in an epoll set: the host's own set watches a duplicate of its descriptor.</summary>
internal sealed class FileMember : EpollMember
{
    private const uint OfOthers = 1u << 29; // EPOLLWAKEUP, which keeps the host awake
    private readonly EpollSet set;
    private readonly FamilyBudget budget;
    private int watched = -1;

    public FileMember(EpollSet set, OpenFile file, int number, ulong id, FamilyBudget budget)
        : base(number)
    {
        (this.set, File, Id, this.budget) = (set, file, id, budget);
        file.Closing += Closed;
    }

    public OpenFile File { get; }

    /// <summary>What the host's set calls it.</summary>
    public ulong Id { get; }

    /// <summary>Waits for <see cref="EpollMember.Events"/> from now on.</summary>
    /// <returns>0 or -errno.</returns>
    public long Watch()
    {
        uint events = Events & ~OfOthers;
        if (IsSpent)
        {
            return 0; // as it came here; the host would tell of errors all the same
        }

        if (watched >= 0)
        {
            return HostEpoll.Control(set.Descriptor, HostEpoll.Change, watched, events, Id);
        }

        if (!budget.TryTakeFile())
        {
            return -Errno.ENOMEM;
        }

        int made = (int)HostCall.Invoke(LinuxCall.Fcntl, File.Descriptor, FcntlCommand.DupfdCloexec, 0);
        long result = made < 0 ? made : HostEpoll.Control(set.Descriptor, HostEpoll.Add, made, events, Id);
        if (result < 0)
        {
            if (made >= 0)
            {
                HostIo.Close(made);
            }

            budget.GiveFile();
            return result;
        }

        watched = made;
        return 0;
    }

    public override void Leave()
    {
        File.Closing -= Closed;
        if (watched >= 0)
        {
            HostEpoll.Control(set.Descriptor, HostEpoll.Remove, watched, 0, 0);
            HostIo.Close(watched);
            budget.GiveFile();
            watched = -1;
        }
    }

    private void Closed() => set.Remove(this);
}
