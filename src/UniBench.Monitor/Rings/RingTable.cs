using UniBench.Kvm;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Rings;

/// <summary>All pipes of a host: one memory file, a ring at every stride, freed rings reused first because their pages are warm.</summary>
internal sealed class RingTable : IDisposable
{
    private const int Capacity = 16384;
    private readonly SharedFile file = SharedFile.Create((long)Capacity * GuestLayout.RingStride);
    private readonly HostMapping view = HostMapping.Reserve((long)Capacity * GuestLayout.RingStride);
    private readonly Stack<Ring> free = new();
    private readonly Lock gate = new();
    private int made;
    private uint nextId = 1000;

    public SharedFile File => file;

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

    /// <returns>An empty ring that nobody holds, or null when there are too many.</returns>
    public Ring? Create()
    {
        lock (gate)
        {
            if (!free.TryPop(out Ring? ring))
            {
                if (made == Capacity)
                {
                    return null;
                }

                long offset = (long)made * GuestLayout.RingStride;
                view.MapShared(offset, file, offset, GuestLayout.RingStride);
                ring = new Ring(made++, view.Range.Slice(offset, GuestLayout.RingStride));
            }

            ring.Reset(nextId++);
            return ring;
        }
    }

    public void Free(Ring ring)
    {
        lock (gate)
        {
            free.Push(ring);
        }
    }

    /// <summary>Gives the memory of all free rings back, so that nothing of one run is left for the next to read.</summary>
    public void Scrub()
    {
        lock (gate)
        {
            foreach (Ring ring in free)
            {
                file.Discard((long)ring.Index * GuestLayout.RingStride, GuestLayout.RingStride);
            }
        }
    }

    public void Dispose()
    {
        view.Dispose();
        file.Dispose();
    }
}
