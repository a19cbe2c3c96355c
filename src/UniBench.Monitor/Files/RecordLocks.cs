namespace UniBench.Monitor.Files;

/// <summary>fcntl(2) record locks between the processes of a family: by file, owned by a process or an open file. Not thread-safe; the family locks it.</summary>
internal sealed class RecordLocks
{
    private const int Most = 4096; // each call looks through those of its file
    private readonly Dictionary<(ulong Device, ulong Inode), List<RecordLock>> files = [];
    private readonly Dictionary<int, long> waiting = []; // which process waits for which owner; 0: for one that is nobody's to follow
    private int count;

    /// <summary>All locks, file by file.</summary>
    public IEnumerable<((ulong Device, ulong Inode) File, RecordLock Lock)> All => files.SelectMany(f => f.Value.Select(l => (f.Key, l)));

    /// <summary>The first lock of another owner that stands in the way: owners in order of arrival, the locks of one as they lie in the file.</summary>
    public RecordLock? Conflict((ulong Device, ulong Inode) file, RecordLock wanted) =>
        files.GetValueOrDefault(file)?.Find(l => l.Owner != wanted.Owner && l.Overlaps(wanted) && (l.IsWrite || wanted.IsWrite));

    /// <summary>Replaces what the owner had in that range; with <paramref name="unlock"/> by nothing. Locks of one kind that touch become one.</summary>
    /// <returns>False when there would be too many.</returns>
    public bool Set((ulong Device, ulong Inode) file, RecordLock wanted, bool unlock)
    {
        List<RecordLock> all = files.GetValueOrDefault(file) ?? [];
        int at = all.FindIndex(l => l.Owner == wanted.Owner);
        List<RecordLock> own = [], next = [.. all.Where(l => l.Owner != wanted.Owner)];
        foreach (RecordLock old in all.Where(l => l.Owner == wanted.Owner))
        {
            if (!unlock && old.IsWrite == wanted.IsWrite && old.Start <= wanted.End && wanted.Start <= old.End)
            {
                wanted = wanted with { Start = Math.Min(old.Start, wanted.Start), End = Math.Max(old.End, wanted.End) };
                continue;
            }

            if (!old.Overlaps(wanted))
            {
                own.Add(old);
                continue;
            }

            if (old.Start < wanted.Start)
            {
                own.Add(old with { End = wanted.Start });
            }

            if (old.End > wanted.End)
            {
                own.Add(old with { Start = wanted.End });
            }
        }

        if (!unlock)
        {
            own.Add(wanted);
        }

        next.InsertRange(at < 0 ? next.Count : at, own.OrderBy(l => l.Start));
        if (next.Count > all.Count && count + next.Count - all.Count > Most)
        {
            return false;
        }

        count += next.Count - all.Count;
        if (next.Count > 0)
        {
            files[file] = next;
        }
        else
        {
            files.Remove(file);
        }

        return true;
    }

    /// <summary>The owner closed the file, or with null is gone.</summary>
    /// <returns>Whether it had a lock there.</returns>
    public bool Release(long owner, (ulong Device, ulong Inode)? file)
    {
        bool any = false;
        foreach (var key in files.Keys.Where(k => file is null || k == file).ToArray())
        {
            int removed = files[key].RemoveAll(l => l.Owner == owner);
            count -= removed;
            any |= removed > 0;
            if (files[key].Count == 0)
            {
                files.Remove(key);
            }
        }

        return any;
    }

    /// <summary>Notes that a process waits, because of somebody's lock; for one of its own, or for an open file's, which is never found to be a deadlock.</summary>
    /// <returns>False if the other waits, in the end, for the first: a deadlock.</returns>
    public bool Wait(int pid, RecordLock wanted, RecordLock other)
    {
        if (!wanted.IsOfProcess)
        {
            waiting[pid] = 0;
            return true;
        }

        for (long next = other.Owner; next is > 0 and <= int.MaxValue && waiting.TryGetValue((int)next, out long after); next = after)
        {
            if (after == pid)
            {
                return false;
            }
        }

        waiting[pid] = other.Owner;
        return true;
    }

    public void WaitIsOver(int pid) => waiting.Remove(pid);

    public IReadOnlyCollection<int> Waiting => waiting.Keys;
}
