using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>The leases of a family, by file. Not thread-safe; the family locks it.</summary>
internal sealed class FileLeases
{
    /// <summary>Linux's lease-break-time.</summary>
    public const long BreakTimeNs = 45_000_000_000;

    private readonly Dictionary<(ulong Device, ulong Inode), List<FileLease>> files = [];

    /// <summary>F_GETLEASE.</summary>
    public LeaseKind Of(OpenFile file) => Find(file)?.Kind ?? LeaseKind.None;

    /// <summary>F_SETLEASE.</summary>
    /// <param name="readers">Open files that only read this one, the lease's own among them.</param>
    /// <param name="writers">Those that write it.</param>
    /// <returns>0 or errno.</returns>
    public int Set(OpenFile file, LeaseKind kind, int readers, int writers)
    {
        FileLease? own = Find(file);
        if (kind == LeaseKind.None)
        {
            return own is not null && Remove(own) ? 0 : Errno.EAGAIN;
        }

        bool others = files.GetValueOrDefault(file.Identity, []).Exists(l => l != own && (l.IsWrite || kind == LeaseKind.Write));
        bool breaking = own?.Wanted is { } wanted && (wanted == LeaseKind.None || kind == LeaseKind.Write);
        if (others || breaking || (kind == LeaseKind.Read ? writers > 0 : readers + writers > 1))
        {
            return Errno.EAGAIN;
        }

        if (own is null)
        {
            own = new FileLease(file);
            if (!files.TryGetValue(file.Identity, out List<FileLease>? all))
            {
                files.Add(file.Identity, all = []);
            }

            all.Add(own);
        }

        (own.IsWrite, own.Wanted) = (kind == LeaseKind.Write, null);
        return 0;
    }

    /// <summary>Somebody wants to open the file. Leases in the way are to be broken, or by now are.</summary>
    /// <param name="told">Holders that are to be told now.</param>
    /// <returns>When to look again at the latest, CLOCK_MONOTONIC ns; 0: nothing is in the way any more.</returns>
    public long Break((ulong Device, ulong Inode) file, bool writes, long now, out IReadOnlyList<FileLease> told)
    {
        List<FileLease> tell = [];
        long until = 0;
        foreach (FileLease lease in files.GetValueOrDefault(file, []).Where(l => writes || l.IsWrite).ToArray())
        {
            LeaseKind wanted = writes ? LeaseKind.None : LeaseKind.Read;
            if (lease.Wanted is null)
            {
                lease.Deadline = now + BreakTimeNs;
                tell.Add(lease);
            }

            lease.Wanted = lease.Wanted == LeaseKind.None ? LeaseKind.None : wanted;
            if (now < lease.Deadline)
            {
                until = until == 0 ? lease.Deadline : Math.Min(until, lease.Deadline);
            }
            else if (lease.Wanted == LeaseKind.None)
            {
                Remove(lease);
                lease.File.Owner.Clear();
            }
            else
            {
                (lease.IsWrite, lease.Wanted) = (false, null);
            }
        }

        told = tell;
        return until;
    }

    /// <summary>Nobody has the open file any more.</summary>
    /// <returns>Whether it had a lease.</returns>
    public bool Close(OpenFile file) => Find(file) is { } lease && Remove(lease);

    private FileLease? Find(OpenFile file) => files.GetValueOrDefault(file.Identity)?.Find(l => l.File == file);

    private bool Remove(FileLease lease)
    {
        List<FileLease> all = files[lease.File.Identity];
        bool was = all.Remove(lease);
        if (all.Count == 0)
        {
            files.Remove(lease.File.Identity);
        }

        return was;
    }
}
