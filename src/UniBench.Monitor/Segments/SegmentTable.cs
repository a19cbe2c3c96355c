using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Segments;

/// <summary>
/// Host memory for segments: a place at every stride of one mapping, or a file each. The lowest free place is taken first: its pages are warm, and a pool VM
/// that saw it in the same slot before sees it already.
/// </summary>
internal sealed class SegmentTable(bool ofFiles) : IDisposable
{
    private const int Capacity = 16384;
    private readonly HostMapping? memory = ofFiles ? null : HostMapping.Anonymous((long)Capacity * GuestLayout.SegmentBytes);
    private readonly List<SegmentPlace> places = [];
    private readonly PriorityQueue<SegmentPlace, int> free = new();
    private readonly Lock gate = new();
    private uint nextId = 1000;

    /// <summary>Segments in use.</summary>
    public int InUse
    {
        get
        {
            lock (gate)
            {
                return places.Count - free.Count;
            }
        }
    }

    /// <returns>An empty pipe that nobody holds, or null when there are too many.</returns>
    public Ring? CreateRing(FamilyBudget budget)
    {
        if (!budget.TryTakePipe())
        {
            return null;
        }

        if (Take(budget) is not { } place)
        {
            budget.GivePipe();
            return null;
        }

        return new Ring(place.Index, place.Backing, Interlocked.Increment(ref nextId)) { Budget = budget };
    }

    /// <returns>Zeroed memory that nobody holds, or null when there is too much.</returns>
    public Segment? CreateMemory(FamilyBudget budget)
    {
        if (!budget.TryTake(GuestLayout.SegmentBytes))
        {
            return null;
        }

        if (Take(budget) is not { } place)
        {
            budget.Give(GuestLayout.SegmentBytes);
            return null;
        }

        place.Backing.Mapping.Discard(place.Backing.Offset, GuestLayout.SegmentBytes);
        return new Segment(place.Index, place.Backing) { Budget = budget };
    }

    /// <summary>Nobody holds it any more. Memory of a file is its cache's business.</summary>
    public void Free(Segment segment)
    {
        if (segment is FileSegment piece)
        {
            piece.File.Released();
            return;
        }

        if (segment is Ring)
        {
            segment.Budget?.GivePipe();
        }
        else
        {
            segment.Budget?.Give(GuestLayout.SegmentBytes);
        }

        segment.Budget = null;
        lock (gate)
        {
            free.Enqueue(places[segment.Index], segment.Index);
        }
    }

    /// <summary>A family has ended, and its machines show nothing any more: of what it wrote nothing is left.</summary>
    public void Leave(FamilyBudget owner)
    {
        lock (gate)
        {
            foreach ((SegmentPlace place, _) in free.UnorderedItems)
            {
                if (place.LastOwner == owner)
                {
                    place.Scrub();
                }
            }
        }
    }

    public void Dispose()
    {
        memory?.Dispose();
        if (ofFiles)
        {
            places.ForEach(p => p.Backing.Mapping.Dispose());
        }
    }

    /// <summary>A place in which there is nothing of another family's.</summary>
    private SegmentPlace? Take(FamilyBudget owner)
    {
        SegmentPlace? place;
        lock (gate)
        {
            if (!free.TryDequeue(out place, out _))
            {
                if (places.Count == Capacity)
                {
                    return null;
                }

                place = new SegmentPlace(places.Count, memory?.Memory.Slice((long)places.Count * GuestLayout.SegmentBytes, GuestLayout.SegmentBytes) ?? NewFile());
                places.Add(place); // where the host refused it, it takes no place
            }
        }

        if (place.LastOwner is { } last && last != owner)
        {
            if (ofFiles)
            {
                Replace(place);
            }
            else
            {
                place.Scrub();
            }
        }

        place.LastOwner = owner;
        return place;
    }

    /// <summary>Another file: a process of the other family may still have the old one mapped.</summary>
    private void Replace(SegmentPlace place)
    {
        try
        {
            HostMemory old = place.Backing;
            place.Backing = NewFile();
            old.Mapping.Dispose();
        }
        catch
        {
            lock (gate)
            {
                free.Enqueue(place, place.Index);
            }

            throw;
        }
    }

    private static HostMemory NewFile() => HostMapping.OfNewFile("segment", GuestLayout.SegmentBytes, GuestLayout.SegmentBytes).Memory;
}
