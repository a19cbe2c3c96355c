using UniBench.Host;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Rings;

/// <summary>All pipes of a host: a ring at every stride of one mapping, or a file each. The lowest free ring is taken first: its pages are warm, and a pool VM that saw it in the same slot before sees it already.</summary>
internal sealed class RingTable(bool ofFiles) : IDisposable
{
    private const int Capacity = 16384;
    private readonly HostMapping? memory = ofFiles ? null : HostMapping.Anonymous((long)Capacity * GuestLayout.RingStride);
    private readonly List<HostMapping> files = [];
    private readonly PriorityQueue<Ring, int> free = new();
    private readonly Lock gate = new();
    private int made;
    private uint nextId = 1000;

    /// <summary>Rings in use.</summary>
    public int InUse
    {
        get
        {
            lock (gate)
            {
                return made - free.Count;
            }
        }
    }

    /// <returns>An empty pipe that nobody holds, or null when there are too many.</returns>
    public Ring? Create()
    {
        Ring? ring = Take();
        ring?.Reset(Interlocked.Increment(ref nextId));
        return ring;
    }

    /// <returns>A stride of zeroed memory that nobody holds, or null when there are too many.</returns>
    public Ring? CreateMemory()
    {
        Ring? ring = Take();
        if (ring is not null)
        {
            ring.Backing.Mapping.Discard(ring.Backing.Offset, GuestLayout.RingStride);
            ring.ResetToMemory();
        }

        return ring;
    }

    private Ring? Take()
    {
        lock (gate)
        {
            if (!free.TryDequeue(out Ring? ring, out _))
            {
                if (made == Capacity)
                {
                    return null;
                }

                ring = new Ring(made, memory?.Memory.Slice((long)made * GuestLayout.RingStride, GuestLayout.RingStride) ?? NewFile());
                made++;
            }

            return ring;
        }
    }

    /// <summary>Nobody holds it any more. Memory of a file is its cache's business.</summary>
    public void Free(Ring ring)
    {
        if (ring.File is { } file)
        {
            file.Released();
            return;
        }

        lock (gate)
        {
            free.Enqueue(ring, ring.Index);
        }
    }

    /// <summary>Clears all free rings, so that nothing of one run is left for the next to read.</summary>
    public void Scrub()
    {
        lock (gate)
        {
            foreach ((Ring ring, _) in free.UnorderedItems)
            {
                ring.Scrub();
            }
        }
    }

    public void Dispose()
    {
        memory?.Dispose();
        files.ForEach(f => f.Dispose());
    }

    private HostMemory NewFile()
    {
        HostMapping file = HostMapping.OfNewFile("ring", GuestLayout.RingStride, GuestLayout.RingStride);
        files.Add(file);
        return file.Memory;
    }
}
