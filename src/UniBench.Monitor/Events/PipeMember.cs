using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Events;

/// <summary>An end of a pipe in an epoll set. The set holds no end: who writes when all readers are gone hears of it.</summary>
/// <param name="ends">Which it is: bit 0 the read end, bit 1 the write end.</param>
/// <param name="since">Of a FIFO: writers that do not count as having been there.</param>
internal sealed class PipeMember(EpollSet set, Ring ring, int ends, uint since, int number) : EpollMember(number)
{
    private volatile bool isGone;
    private ulong seen; // progress at the last report, of one that is edge-triggered; 0 before it

    public Ring Ring => ring;

    public int Ends => ends;

    public override bool IsGone => isGone;

    /// <summary>What it has to report now. Called with the set's gate held.</summary>
    public uint Ready()
    {
        lock (ring.Gate)
        {
            bool isNews = !isGone && !IsSpent && ((Events & AtOnce) == 0 || seen != ring.Progress(Events));
            return isNews ? ring.Poll(ends, since) & (Events | Always) : 0;
        }
    }

    /// <summary>Takes what was reported by another keeper of the set over.</summary>
    public void Saw(ulong progress) => seen = (Events & AtOnce) != 0 ? progress : 0;

    public void Forget() => seen = 0;

    /// <summary>The next change of the pipe comes to the monitor.</summary>
    /// <returns>True: a change of a moment ago may not, so look again soon.</returns>
    public bool Arm()
    {
        lock (ring.Gate)
        {
            return !isGone && !IsSpent && ring.Arm(ends);
        }
    }

    public override void Reported()
    {
        lock (ring.Gate)
        {
            seen = !isGone && (Events & AtOnce) != 0 ? ring.Progress(Events) : 0;
        }

        base.Reported();
    }

    /// <summary>Called with the ring's gate held.</summary>
    public void Changed() => set.Tell();

    /// <summary>Nobody has that end any more. Called with the ring's gate held.</summary>
    public void Ended() => isGone = true;

    public override void Leave()
    {
        lock (ring.Gate)
        {
            ring.Unwatch(this);
        }
    }
}
