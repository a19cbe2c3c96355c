using UniBench.Host;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Machines;

/// <summary>Where extents come from: one range of host memory, made of huge pages where the host has them; or a file each, for machines that map it themselves and must see no other.</summary>
internal sealed class ExtentArena(bool ofFiles) : IDisposable
{
    /// <summary>Bytes that all processes together can hold.</summary>
    public const long Bytes = (long)(GuestLayout.GpaLibos - GuestLayout.GpaExtents);

    private const long KeepBetweenRuns = 64 << 20;
    private readonly HostMapping? mapping = ofFiles ? null : HostMapping.Huge(Bytes);
    private readonly List<Piece> free = [new Piece(0, Bytes, IsBacked: false, null)]; // by start
    private readonly long keepWarm = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8;
    private readonly List<(object Owner, HostMemory File)> files = []; // that an extent of this owner had, to be had again
    private long warm; // bytes of what is free and the host has backed

    /// <summary>Guards extents, their holders and the windows.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Memory for one more extent, best some that was in use before: it is backed. None of it shows another owner's bytes.</summary>
    /// <param name="bytes">A multiple of 2 MB.</param>
    /// <param name="owner">The family.</param>
    public Extent? Take(long bytes, object owner)
    {
        int at = Find(p => p.Owner == owner);
        at = at >= 0 ? at : Find(p => p.Owner is null && p.IsBacked);
        at = at >= 0 ? at : Find(p => p.Owner is null);
        at = at >= 0 ? at : Find(_ => true);
        if (at < 0)
        {
            return null;
        }

        Piece piece = free[at];
        bool isClean = piece.Owner != owner;
        if (isClean && piece.Owner is not null)
        {
            mapping!.Discard(piece.Start, bytes);
        }

        if (piece.Bytes == bytes)
        {
            free.RemoveAt(at);
        }
        else
        {
            free[at] = piece with { Start = piece.Start + bytes, Bytes = piece.Bytes - bytes };
        }

        warm -= piece.IsBacked ? bytes : 0;
        HostMemory? again = mapping is null ? FileOf(owner, bytes) : null;
        HostMemory memory = again ?? mapping?.Memory.Slice(piece.Start, bytes) ?? HostMapping.OfNewFile("extent", bytes, bytes).Memory;
        return new Extent(GuestLayout.GpaExtents + (ulong)piece.Start, memory, owner, isClean && again is null);

        int Find(Predicate<Piece> allowed) => free.FindIndex(p => p.Bytes >= bytes && allowed(p));
    }

    /// <summary>Nobody holds or shows the extent any more.</summary>
    public void Return(Extent extent)
    {
        bool discard = warm + extent.Bytes > keepWarm, isKept = !discard && mapping is not null;
        Piece piece = new((long)(extent.Address - GuestLayout.GpaExtents), extent.Bytes, isKept, isKept ? extent.Owner : null);
        if (mapping is null && discard)
        {
            extent.Backing.Mapping.Dispose(); // machines that still show it have it to themselves
        }
        else if (mapping is null)
        {
            files.Add((extent.Owner, extent.Backing));
            warm += extent.Bytes;
        }
        else if (discard)
        {
            mapping.Discard(piece.Start, piece.Bytes);
        }
        else
        {
            warm += piece.Bytes;
        }

        Insert(piece);
    }

    /// <summary>The owner needs no more: what it left is cleared, and most of it goes back to the host.</summary>
    public void Leave(object owner)
    {
        lock (Gate)
        {
            foreach ((object _, HostMemory file) in files.FindAll(f => f.Owner == owner))
            {
                warm -= file.Length;
                file.Mapping.Dispose();
            }

            files.RemoveAll(f => f.Owner == owner);
            foreach (Piece piece in free.Where(p => p.Owner == owner).Reverse().ToArray())
            {
                bool discard = warm > KeepBetweenRuns;
                if (discard)
                {
                    mapping!.Discard(piece.Start, piece.Bytes);
                    warm -= piece.Bytes;
                }
                else
                {
                    mapping!.Clear(piece.Start, piece.Bytes);
                }

                free.Remove(piece);
                Insert(new Piece(piece.Start, piece.Bytes, !discard, null));
            }
        }
    }

    public void Dispose()
    {
        mapping?.Dispose();
        files.ForEach(f => f.File.Mapping.Dispose());
    }

    private HostMemory? FileOf(object owner, long bytes)
    {
        int at = files.FindLastIndex(f => f.Owner == owner && f.File.Length == bytes);
        if (at < 0)
        {
            return null;
        }

        HostMemory file = files[at].File;
        files.RemoveAt(at);
        warm -= bytes;
        return file;
    }

    private void Insert(Piece piece)
    {
        int at = free.FindIndex(p => p.Start > piece.Start);
        at = at < 0 ? free.Count : at;
        if (at < free.Count && Joins(piece, free[at]))
        {
            piece = piece with { Bytes = piece.Bytes + free[at].Bytes };
            free.RemoveAt(at);
        }

        if (at > 0 && Joins(free[at - 1], piece))
        {
            free[at - 1] = free[at - 1] with { Bytes = free[at - 1].Bytes + piece.Bytes };
        }
        else
        {
            free.Insert(at, piece);
        }

        static bool Joins(Piece low, Piece high) => low.Start + low.Bytes == high.Start && (low.IsBacked, low.Owner) == (high.IsBacked, high.Owner);
    }

    /// <param name="Owner">Whose bytes are in it; null: it is all zero.</param>
    private readonly record struct Piece(long Start, long Bytes, bool IsBacked, object? Owner);
}
