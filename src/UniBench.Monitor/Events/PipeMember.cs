using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Events;

/// <summary>An end of a pipe in an epoll set. The set holds no end: who writes when all readers are gone hears of it.</summary>
/// <param name="ends">Which it is: bit 0 the read end, bit 1 the write end.</param>
/// <param name="since">Of a FIFO: writers that do not count as having been there.</param>
internal sealed class PipeMember(EpollSet set, Ring ring, int ends, uint since, int number) : RingMember(set, number)
{
    private volatile bool isGone;

    public override object Target => ring;

    public override ulong Inode => ring.Id;

    public override bool IsGone => isGone;

    public override int SidesOf(Ring of) => of == ring ? ends : 0;

    public override uint Ready()
    {
        lock (ring.Gate)
        {
            return !isGone && IsNews(ring.Progress(Events)) ? ring.Poll(ends, since) & (Events | Always) : 0;
        }
    }

    public override bool Arm()
    {
        lock (ring.Gate)
        {
            return !isGone && !IsSpent && ring.Arm(ends);
        }
    }

    public override void Ended(Ring of) => isGone = true;

    public override void Leave()
    {
        lock (ring.Gate)
        {
            ring.Unwatch(this);
        }
    }

    protected override ulong Progress()
    {
        lock (ring.Gate)
        {
            return isGone ? 0 : ring.Progress(Events);
        }
    }
}
