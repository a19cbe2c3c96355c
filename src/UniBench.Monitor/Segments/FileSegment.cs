using UniBench.Host;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Segments;

/// <summary>A piece of a mapped file. Behind the file's end there is nothing: the monitor touches none of it.</summary>
internal sealed class FileSegment(MappedFile file, int index, HostMemory backing) : Segment(index, backing)
{
    public MappedFile File => file;

    public override bool IsReadOnly => !file.IsWritable;

    public override FutexKey KeyOf(long offset) => new(file.Entry.Device, file.Entry.Inode, OffsetInFile(offset));

    /// <summary>Where a byte of this piece lies in the file.</summary>
    public long OffsetInFile(long offset) => file.Offset + ((long)Index * GuestLayout.SegmentBytes) + offset;

    protected override void Taken(int ends, bool isFirst)
    {
        if (isFirst)
        {
            file.Taken();
        }
    }
}
