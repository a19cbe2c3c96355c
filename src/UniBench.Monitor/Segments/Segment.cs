using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Segments;

/// <summary>Memory of the monitor that a slot of a machine's window shows, and the book of who holds it. Lock it to read or change the book.</summary>
/// <remarks>This is plain memory, which processes share; <see cref="FileSegment"/> is a file's, <see cref="Ring"/> a pipe's.</remarks>
internal class Segment(int index, HostMemory backing)
{
    /// <summary>Memory has no ends: who holds it holds all of it.</summary>
    public const int Both = 3;

    /// <summary>Who holds it, with the ends held: bit 0 the read end, bit 1 the write end.</summary>
    private readonly List<(ISegmentHolder Holder, int Ends)> holders = [];

    /// <summary>All of its bytes.</summary>
    public HostRange Memory { get; } = backing.Range;

    /// <summary>The same, as machines can be shown it.</summary>
    public HostMemory Backing => backing;

    /// <summary>Position in its table, or among the pieces of a file.</summary>
    public int Index => index;

    public Lock Gate { get; } = new();

    public bool IsHeld => holders.Count > 0;

    /// <summary>Who pays for it; null for files, and once it is given back.</summary>
    public FamilyBudget? Budget { get; set; }

    public virtual bool IsReadOnly => false;

    public IReadOnlyList<(ISegmentHolder Holder, int Ends)> Holders => holders;

    /// <summary>What identifies a byte of shared memory, however often it is mapped.</summary>
    public virtual FutexKey KeyOf(long offset) => new(ulong.MaxValue, (ulong)Index, offset);

    public int EndsOf(ISegmentHolder holder) => holders.Find(h => h.Holder == holder).Ends;

    /// <summary>The holder now holds these ends too.</summary>
    public void Hold(ISegmentHolder holder, int ends = Both)
    {
        int at = holders.FindIndex(h => h.Holder == holder);
        int old = at >= 0 ? holders[at].Ends : 0;
        if (at >= 0)
        {
            holders[at] = (holder, old | ends);
        }
        else
        {
            holders.Add((holder, ends));
        }

        Taken(ends & ~old, isFirst: at < 0 && holders.Count == 1);
    }

    /// <summary>The holder holds these ends no more.</summary>
    /// <param name="isCounted">Those of a ring whose header knows already; others hold the ends.</param>
    public void Release(ISegmentHolder holder, int ends = Both, bool isCounted = false)
    {
        int at = holders.FindIndex(h => h.Holder == holder);
        if (at < 0)
        {
            return;
        }

        int old = holders[at].Ends;
        if ((old & ~ends) == 0)
        {
            holders.RemoveAt(at);
        }
        else
        {
            holders[at] = (holder, old & ~ends);
        }

        LetGo(ends & old, isCounted);
    }

    /// <summary>A holder took these ends.</summary>
    /// <param name="isFirst">Nobody held it before.</param>
    protected virtual void Taken(int ends, bool isFirst)
    {
    }

    /// <summary>A holder let these ends go.</summary>
    /// <param name="isCounted">The ring's header knows already.</param>
    protected virtual void LetGo(int ends, bool isCounted)
    {
    }
}
