using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;
using UniBench.Monitor.Loading;
using UniBench.Monitor.Machines;

namespace UniBench.Monitor.Segments;

/// <summary>Files that guests map. A mapping is kept for the next process that maps the same: making and removing one costs a walk over all VMs.</summary>
/// <param name="most">Mappings at once: the host has a limit for each process (vm.max_map_count), beyond which nothing in this one works any more.</param>
internal sealed class MappedFiles(IPlatform platform, int most) : IDisposable
{
    private const long MostCopiedBytes = 1L << 30;
    private const long WholeFileBytes = 64L << 20;
    private const int MostIdle = 64;
    private readonly List<(MappedFile File, bool Code)> mapped = [];
    private readonly Lock gate = new();

    /// <summary>Finds or makes the memory of part of a file. The caller calls <see cref="MappedFile.Released"/> when it holds what it needs of it.</summary>
    /// <param name="descriptor">Open for reading, and for writing if <paramref name="writable"/>.</param>
    /// <param name="code">Map a rewritten copy if it is a library.</param>
    /// <exception cref="HostException">The host refuses.</exception>
    public MappedFile Get(int descriptor, HostEntry entry, long offset, long bytes, bool writable, bool code)
    {
        lock (gate)
        {
            MappedFile? known = mapped.Find(m =>
                m.Code == code && m.File.IsWritable == writable && m.File.Entry.Device == entry.Device && m.File.Entry.Inode == entry.Inode
                && m.File.Covers(offset, bytes) && (!code || m.File.Entry == entry)).File;
            if (known is null)
            {
                MakeRoom();
                known = code && entry.Size <= WholeFileBytes && CopiedBytes + entry.Size <= MostCopiedBytes ? Rewrite(descriptor, entry) : null;
                known ??= Map(descriptor, entry, offset, bytes, writable);
                mapped.Add((known, code));
            }

            known.Taken();
            return known;
        }
    }

    /// <summary>Mappings that exist.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return mapped.Count;
            }
        }
    }

    public bool Has((ulong Device, ulong Inode) file)
    {
        lock (gate)
        {
            return mapped.Exists(m => m.File.Entry.Device == file.Device && m.File.Entry.Inode == file.Inode);
        }
    }

    /// <summary>Drops all mappings that nobody holds.</summary>
    public void DropIdle()
    {
        lock (gate)
        {
            DropIdle(0);
        }
    }

    private long CopiedBytes => mapped.Where(m => m.File.Stubs is not null).Sum(m => m.File.Length);

    /// <exception cref="HostException">All mappings there may be are held.</exception>
    private void MakeRoom()
    {
        if (mapped.Count >= most || CopiedBytes > MostCopiedBytes / 2)
        {
            DropIdle(most / 4);
        }

        if (mapped.Count >= most)
        {
            DropIdle(0);
        }

        if (mapped.Count >= most)
        {
            throw new HostException($"{mapped.Count} parts of files are mapped at once, the most that are possible (an eighth of vm.max_map_count)");
        }
    }

    private void DropIdle(int kept)
    {
        foreach ((MappedFile file, bool code) in mapped.Where(m => !m.File.IsHeld).SkipLast(kept).ToArray())
        {
            mapped.Remove((file, code));
            file.Dispose();
        }
    }

    /// <summary>Drops mappings that nobody holds, but for the latest.</summary>
    public void Trim()
    {
        lock (gate)
        {
            DropIdle(MostIdle);

            // What could be written to must not outlive its users: the file may be deleted, and its memory with it.
            foreach ((MappedFile file, bool code) in mapped.Where(m => !m.File.IsHeld && m.File.IsWritable).ToArray())
            {
                mapped.Remove((file, code));
                file.Dispose();
            }
        }
    }

    public void Dispose() => mapped.ForEach(m => m.File.Dispose());

    private MappedFile Map(int descriptor, HostEntry entry, long offset, long bytes, bool writable)
    {
        // The whole file, so that a library's segments share one mapping; or the part, when that would be too much.
        long length = RoundUp(Math.Max(entry.Size, offset + bytes));
        bool whole = length <= WholeFileBytes;
        return new MappedFile(
            entry, whole ? 0 : offset, HostMapping.Shared(descriptor, whole ? 0 : offset, whole ? length : RoundUp(bytes), writable, platform.MemoryIsFiles), writable, null);
    }

    /// <summary>A copy of a library in which system calls jump to stubs; null if it is no library or has none.</summary>
    private MappedFile? Rewrite(int descriptor, HostEntry entry)
    {
        byte[] content = HostIo.ReadAll(descriptor, entry.Size);
        ElfFile elf;
        try
        {
            elf = ElfFile.ParseObject(content);
        }
        catch (ElfException)
        {
            return null;
        }

        ulong end = RoundUp(elf.Segments.Max(s => s.VirtualAddress + s.MemorySize));
        RewriteResult rewrite = SyscallRewriter.Rewrite(RewriteRequest.For(elf, 0, end, platform.Libos.Header.SyscallEntry, platform.Libos.Header.CpuidEntry));
        if (rewrite.Patches.Count == 0)
        {
            return null;
        }

        long fileBytes = RoundUp(content.Length);
        HostMapping memory = platform.NewMemory("library", fileBytes + RoundUp(rewrite.StubCode.Length));
        content.CopyTo(memory.Range.Span);
        foreach (CodePatch patch in rewrite.Patches)
        {
            if (elf.FileOffset(patch.Address) is { } at)
            {
                patch.Bytes.Span.CopyTo(memory.Range.Slice(at, patch.Bytes.Length).Span);
            }
        }

        rewrite.StubCode.Span.CopyTo(memory.Range.Slice(fileBytes, rewrite.StubCode.Length).Span);
        LibraryStubs stubs = new(fileBytes, RoundUp(rewrite.StubCode.Length), end, elf.CodeOffsets());
        return new MappedFile(entry, 0, memory, isWritable: false, stubs);
    }

    private static long RoundUp(long value) => (value + GuestLayout.Page - 1) & -GuestLayout.Page;

    private static ulong RoundUp(ulong value) => (value + GuestLayout.Page - 1) & ~(ulong)(GuestLayout.Page - 1);
}
