using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Events;

/// <summary>What an epoll set waits for on rings, which the host does not see.</summary>
internal abstract class RingMember(EpollSet set, int number) : EpollMember(number)
{
    private ulong seen; // progress at the last report, of one that is edge-triggered; 0 before it

    /// <summary>What tells it apart from others of the same number.</summary>
    public abstract object Target { get; }

    /// <summary>As /proc shows it.</summary>
    public abstract ulong Inode { get; }

    /// <summary>It waits for changes of that ring on these sides: bit 0 readers, bit 1 writers.</summary>
    public abstract int SidesOf(Ring ring);

    /// <summary>What it has to report now. Called with the set's gate held.</summary>
    public abstract uint Ready();

    /// <summary>The next change comes to the monitor.</summary>
    /// <returns>True: a change of a moment ago may not, so look again soon.</returns>
    public abstract bool Arm();

    /// <summary>Takes what was reported by another keeper of the set over.</summary>
    public void Saw(ulong progress) => seen = (Events & AtOnce) != 0 ? progress : 0;

    public void Forget() => seen = 0;

    /// <summary>Called with the ring's gate held.</summary>
    public void Changed() => set.Tell();

    /// <summary>Nobody has an end that it watches any more. Called with the ring's gate held.</summary>
    public abstract void Ended(Ring ring);

    public override void Reported()
    {
        Saw(Progress());
        base.Reported();
    }

    /// <summary>Whether an edge has come since the last report.</summary>
    protected bool IsNews(ulong progress) => !IsSpent && ((Events & AtOnce) == 0 || seen != progress);

    /// <summary>What changes with everything that it may report; 0 where nothing is left.</summary>
    protected abstract ulong Progress();
}
