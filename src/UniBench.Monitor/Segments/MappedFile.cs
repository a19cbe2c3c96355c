using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Files;

namespace UniBench.Monitor.Segments;

/// <summary>Part of a file in this process's memory, in segments, for machines to see.</summary>
internal sealed class MappedFile : IDisposable
{
    private readonly HostMapping memory;
    private readonly FileSegment[] pieces;
    private int held; // pieces that a process holds, and callers that are about to

    /// <param name="memory">Owned from here on.</param>
    public MappedFile(HostEntry entry, long offset, HostMapping memory, bool isWritable, LibraryStubs? stubs)
    {
        this.memory = memory;
        Entry = entry;
        Offset = offset;
        IsWritable = isWritable;
        Stubs = stubs;
        long length = memory.Range.Length;
        pieces =
        [
            .. Enumerable.Range(0, (int)((length + GuestLayout.SegmentBytes - 1) / GuestLayout.SegmentBytes))
                .Select(i => new FileSegment(this, i, memory.Memory.Slice((long)i * GuestLayout.SegmentBytes, Math.Min(GuestLayout.SegmentBytes, length - ((long)i * GuestLayout.SegmentBytes))))),
        ];
    }

    public HostEntry Entry { get; }

    /// <summary>Of the first byte, in the file.</summary>
    public long Offset { get; }

    public long Length => memory.Range.Length;

    public bool IsWritable { get; }

    /// <summary>Of a library whose system calls were rewritten.</summary>
    public LibraryStubs? Stubs { get; }

    public IReadOnlyList<FileSegment> Pieces => pieces;

    public bool IsHeld => Volatile.Read(ref held) > 0;

    public bool Covers(long offset, long bytes) => offset >= Offset && bytes <= Length - (offset - Offset);

    /// <summary>A process begins to hold a piece that nobody held.</summary>
    public void Taken() => Interlocked.Increment(ref held);

    /// <summary>Nobody holds that piece any more.</summary>
    public void Released() => Interlocked.Decrement(ref held);

    public void Dispose() => memory.Dispose();
}
