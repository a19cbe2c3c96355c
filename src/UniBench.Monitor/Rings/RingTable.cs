using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Memory;

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
    public Ring? Create(FamilyBudget budget)
    {
        if (!budget.TryTakePipe())
        {
            return null;
        }

        if (Take(budget) is not { } ring)
        {
            budget.GivePipe();
            return null;
        }

        ring.Reset(Interlocked.Increment(ref nextId));
        ring.Budget = budget;
        return ring;
    }

    /// <returns>A stride of zeroed memory that nobody holds, or null when there are too many.</returns>
    public Ring? CreateMemory(FamilyBudget budget)
    {
        if (!budget.TryTake(GuestLayout.RingStride))
        {
            return null;
        }

        if (Take(budget) is not { } ring)
        {
            budget.Give(GuestLayout.RingStride);
            return null;
        }

        ring.Backing.Mapping.Discard(ring.Backing.Offset, GuestLayout.RingStride);
        ring.ResetToMemory();
        ring.Budget = budget;
        return ring;
    }

    /// <summary>A ring in which there is nothing of another family's.</summary>
    private Ring? Take(FamilyBudget owner)
    {
        Ring? ring;
        lock (gate)
        {
            if (!free.TryDequeue(out ring, out _))
            {
                if (made == Capacity)
                {
                    return null;
                }

                ring = Make(made);
                made++; // where the host refused it, it takes no place
            }
        }

        if (ring.LastOwner is { } last && last != owner)
        {
            if (memory is null)
            {
                ring = Replace(ring);
            }
            else
            {
                ring.Scrub();
            }
        }

        ring.LastOwner = owner;
        return ring;
    }

    /// <summary>Another file: a process of the other family may still have the old one mapped.</summary>
    private Ring Replace(Ring old)
    {
        try
        {
            Ring fresh = Make(old.Index);
            Drop(old);
            return fresh;
        }
        catch
        {
            lock (gate)
            {
                free.Enqueue(old, old.Index);
            }

            throw;
        }
    }

    private Ring Make(int index) => new(index, memory?.Memory.Slice((long)index * GuestLayout.RingStride, GuestLayout.RingStride) ?? NewFile());

    /// <summary>Nobody holds it any more. Memory of a file is its cache's business.</summary>
    public void Free(Ring ring)
    {
        if (ring.File is { } file)
        {
            file.Released();
            return;
        }

        if (ring.IsPipe)
        {
            ring.Budget?.GivePipe();
        }
        else
        {
            ring.Budget?.Give(GuestLayout.RingStride);
        }

        ring.Budget = null;
        lock (gate)
        {
            free.Enqueue(ring, ring.Index);
        }
    }

    /// <summary>A family has ended, and its machines show nothing any more: of what it wrote nothing is left.</summary>
    public void Leave(FamilyBudget owner)
    {
        lock (gate)
        {
            foreach ((Ring ring, _) in free.UnorderedItems)
            {
                if (ring.LastOwner == owner)
                {
                    ring.Scrub();
                }
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
        lock (gate)
        {
            files.Add(file);
        }

        return file.Memory;
    }

    private void Drop(Ring ring)
    {
        lock (gate)
        {
            files.Remove(ring.Backing.Mapping);
        }

        ring.Backing.Mapping.Dispose();
    }
}
