namespace UniBench.Monitor.Files;

/// <summary>fcntl(2) record locks between the processes of a family: by file, owned by a pid. Not thread-safe; the family locks it.</summary>
internal sealed class RecordLocks
{
    private const int Most = 4096; // each call looks through those of its file
    private readonly Dictionary<(ulong Device, ulong Inode), List<RecordLock>> files = [];
    private readonly Dictionary<int, int> waiting = []; // who waits for whom
    private int count;

    /// <summary>The first lock of another process that stands in the way.</summary>
    public RecordLock? Conflict((ulong Device, ulong Inode) file, RecordLock wanted) =>
        files.GetValueOrDefault(file)?.Find(l => l.Pid != wanted.Pid && l.Overlaps(wanted) && (l.IsWrite || wanted.IsWrite));

    /// <summary>Replaces what the owner had in that range; with <paramref name="unlock"/> by nothing.</summary>
    /// <returns>False when there would be too many.</returns>
    public bool Set((ulong Device, ulong Inode) file, RecordLock wanted, bool unlock)
    {
        List<RecordLock> all = files.GetValueOrDefault(file) ?? [];
        List<RecordLock> next = [];
        foreach (RecordLock old in all)
        {
            if (old.Pid != wanted.Pid || !old.Overlaps(wanted))
            {
                next.Add(old);
                continue;
            }

            if (old.Start < wanted.Start)
            {
                next.Add(old with { End = wanted.Start });
            }

            if (old.End > wanted.End)
            {
                next.Add(old with { Start = wanted.End });
            }
        }

        if (!unlock)
        {
            next.Add(wanted);
        }

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

    /// <summary>The process closed the file, or with null ended.</summary>
    /// <returns>Whether it had a lock there.</returns>
    public bool Release(int pid, (ulong Device, ulong Inode)? file)
    {
        bool any = false;
        foreach (var key in files.Keys.Where(k => file is null || k == file).ToArray())
        {
            int removed = files[key].RemoveAll(l => l.Pid == pid);
            count -= removed;
            any |= removed > 0;
            if (files[key].Count == 0)
            {
                files.Remove(key);
            }
        }

        return any;
    }

    /// <summary>Notes that one process waits for another.</summary>
    /// <returns>False if the other waits, in the end, for the first: a deadlock.</returns>
    public bool Wait(int pid, int owner)
    {
        for (int next = owner; waiting.TryGetValue(next, out int after); next = after)
        {
            if (after == pid)
            {
                return false;
            }
        }

        waiting[pid] = owner;
        return true;
    }

    public void WaitIsOver(int pid) => waiting.Remove(pid);

    public IReadOnlyCollection<int> Waiting => waiting.Keys;
}
