using UniBench.Host;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Files;

/// <summary>What a first process and its descendants have open: the three standard streams, and what they opened themselves. Handles index it.</summary>
/// <remarks>A file is closed when the last process that holds its handle lets go; the standard streams are the caller's and stay open.</remarks>
internal sealed class OpenFiles(IReadOnlyList<int> standard, FamilyBudget budget)
{
    public static readonly OpenFiles None = new([], new FamilyBudget(0, 0, 0));
    private readonly Lock gate = new();
    private readonly List<OpenFile?> files = [.. standard.Select(d => new OpenFile(d, null) { IsBorrowed = true })];
    private readonly int standardCount = standard.Count;

    /// <summary>Of the streams that the caller lent: all processes have them, always.</summary>
    public bool IsStandard(ulong handle) => handle < (ulong)standardCount;

    public OpenFile? Find(ulong handle)
    {
        lock (gate)
        {
            return handle < (ulong)files.Count ? files[(int)handle] : null;
        }
    }

    /// <summary>The first standard stream that is a terminal.</summary>
    public OpenFile? Terminal
    {
        get
        {
            lock (gate)
            {
                return files.Take(standardCount).FirstOrDefault(f => f!.IsTerminal);
            }
        }
    }

    /// <summary>Keeps a file; the caller holds it once.</summary>
    /// <returns>Its handle; -1 when the family has too many.</returns>
    public int Add(OpenFile file)
    {
        if (!budget.TryTakeFile())
        {
            return -1;
        }

        lock (gate)
        {
            file.Holders = 1;
            int free = files.FindIndex(standardCount, f => f is null);
            if (free >= 0)
            {
                files[free] = file;
                return free;
            }

            files.Add(file);
            return files.Count - 1;
        }
    }

    /// <summary>How many open files there are of one file, opened to read it alone and to write to it. A memfd is nobody's to write to, as Linux counts.</summary>
    public (int Readers, int Writers) Opened((ulong Device, ulong Inode) file)
    {
        lock (gate)
        {
            int[] flags = [.. files.Where(f => f is { Memory: null } && f.Identity == file).Select(f => HostIo.GetFlags(f!.Descriptor)).Where(f => f >= 0 && (f & OpenFlags.Path) == 0)];
            return (flags.Count(f => (f & OpenFlags.Accmode) == 0), flags.Count(f => (f & OpenFlags.Accmode) != 0));
        }
    }

    /// <summary>The length of a file that anybody of the family has open; null where nobody has.</summary>
    public long? SizeOf((ulong Device, ulong Inode) file)
    {
        lock (gate)
        {
            return files.Where(f => f?.Identity == file).Select(f => HostEntry.Of(f!.Descriptor)?.Size).FirstOrDefault(s => s is not null);
        }
    }

    /// <summary>Names of what is open change: null where one stays.</summary>
    public void Rename(Func<string, string?> renamed)
    {
        lock (gate)
        {
            foreach (OpenFile? file in files)
            {
                if (file?.Path is { } path && renamed(path) is { } now)
                {
                    file.Path = now;
                }
            }
        }
    }

    /// <summary>One more process holds these handles.</summary>
    public void Hold(IEnumerable<int> handles)
    {
        lock (gate)
        {
            foreach (int handle in handles)
            {
                files[handle]!.Holders++;
            }
        }
    }

    /// <summary>A process holds the handle no more.</summary>
    /// <returns>The file, if nobody holds it any more: to be closed.</returns>
    public OpenFile? Release(int handle)
    {
        lock (gate)
        {
            if (handle >= standardCount && files[handle] is { } file && --file.Holders == 0)
            {
                files[handle] = null;
                budget.GiveFile();
                return file;
            }

            return null;
        }
    }
}
