using UniBench.Monitor.Abi;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Sockets;

/// <summary>Messages of one direction of a connection that carry more than bytes, in their order. Its gate comes before that of the ring.</summary>
internal sealed class PassageQueue(Ring ring)
{
    private const int Most = 1024;
    private readonly List<Passage> waiting = [];

    public Lock Gate { get; } = new();

    /// <returns>False: there are too many.</returns>
    public bool TryAdd(Passage passage)
    {
        lock (Gate)
        {
            Passage? last = waiting.Count > 0 ? waiting[^1] : null;
            if (last is not null && passage.Files.Length == 0 && last.Files.Length == 0 && last.End == passage.Start && last.Sender == passage.Sender)
            {
                last.End = passage.End; // read together, as Linux does
            }
            else if (waiting.Count == Most)
            {
                return false;
            }
            else
            {
                waiting.Add(passage);
            }

            Tell();
            return true;
        }
    }

    /// <summary>Fewer bytes were written than was meant.</summary>
    /// <returns>What is withdrawn, where none was.</returns>
    public Passage? Cut(ulong start, ulong end)
    {
        lock (Gate)
        {
            int at = waiting.FindLastIndex(p => p.Start <= start && p.End > start);
            if (at < 0)
            {
                return null;
            }

            Passage passage = waiting[at];
            passage.End = end;
            bool isEmpty = passage.Start == end;
            if (isEmpty)
            {
                waiting.RemoveAt(at);
            }

            Tell();
            return isEmpty ? passage : null;
        }
    }

    /// <summary>The first one that was reached by a reader.</summary>
    /// <param name="tail">How far it has read.</param>
    /// <param name="stays">It only looks.</param>
    /// <returns>It, with what it carries, and whether it is over.</returns>
    public (Passage? Passage, PassedFile[] Files, bool IsOver) Take(ulong tail, bool stays)
    {
        lock (Gate)
        {
            if (waiting.Count == 0 || waiting[0].Start >= tail)
            {
                return (null, [], false);
            }

            Passage first = waiting[0];
            PassedFile[] files = first.Files;
            if (stays)
            {
                return (first, files, false);
            }

            bool isOver = first.End <= tail || first.Sender is null;
            first.Files = [];
            if (isOver)
            {
                waiting.RemoveAt(0);
            }

            Tell();
            return (first, files, isOver);
        }
    }

    public List<Passage> TakeAll()
    {
        lock (Gate)
        {
            List<Passage> all = [.. waiting];
            waiting.Clear();
            Tell();
            return all;
        }
    }

    private void Tell()
    {
        lock (ring.Gate)
        {
            if (ring.IsHeld)
            {
                ring.TellPassed(waiting.Count > 0 ? waiting[0].Start : GuestLayout.PassedNone, waiting.Count > 0 ? waiting[0].End : 0);
            }
        }
    }
}
