using System.Buffers.Binary;
using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>What stat(2) says of a special file.</summary>
internal readonly record struct SpecialStatus(uint Mode, ulong Inode, ulong RawDevice, uint Links, long Size, ulong Device = 1)
{
    private const int StatBytes = 144;
    private const int WideBytes = 256;
    private const uint BasicMask = 0x7ff;

    /// <returns>Null if it is a file of the host that is not there.</returns>
    /// <param name="follow">Whether a link's target is meant.</param>
    public static SpecialStatus? Of(SpecialFile file, bool follow) => file switch
    {
        SpecialFile.Program program => follow ? HostIdentity.AsOwn(() => OfHost(PathText.OfHost(program.HostPath))) : Of(new SpecialFile.Link(PathText.OfHost(program.HostPath)), false),
        SpecialFile.Device device => OfHost(device.HostPath),
        SpecialFile.Terminal terminal => OfHost(terminal.HostPath),
        SpecialFile.Link link => new SpecialStatus(0xa1ff, InodeOf(link.Target), 0, 1, link.Target.Length),
        SpecialFile.Directory directory => new SpecialStatus(0x416d, (ulong)directory.Names.Count + 2, 0, 2, 0),
        _ => new SpecialStatus(0x8124, 1, 0, 1, 0),
    };

    /// <summary>struct stat.</summary>
    public long Write(Span<byte> to)
    {
        to[..StatBytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(to, Device);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], Links);
        BinaryPrimitives.WriteUInt32LittleEndian(to[24..], Mode);
        BinaryPrimitives.WriteUInt64LittleEndian(to[40..], RawDevice);
        BinaryPrimitives.WriteInt64LittleEndian(to[48..], Size);
        BinaryPrimitives.WriteInt64LittleEndian(to[56..], 4096);
        return 0;
    }

    /// <summary>struct statx.</summary>
    public long WriteWide(Span<byte> to)
    {
        to[..WideBytes].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(to, BasicMask);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], 4096);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], Links);
        BinaryPrimitives.WriteUInt16LittleEndian(to[28..], (ushort)Mode);
        BinaryPrimitives.WriteUInt64LittleEndian(to[32..], Inode);
        BinaryPrimitives.WriteInt64LittleEndian(to[40..], Size);
        BinaryPrimitives.WriteUInt32LittleEndian(to[128..], (uint)(RawDevice >> 8 & 0xfff));
        BinaryPrimitives.WriteUInt32LittleEndian(to[132..], (uint)(RawDevice & 0xff));
        BinaryPrimitives.WriteUInt32LittleEndian(to[136..], (uint)(Device >> 8 & 0xfff));
        BinaryPrimitives.WriteUInt32LittleEndian(to[140..], (uint)(Device & 0xff));
        return 0;
    }

    private static ulong InodeOf(string name) => (ulong)name.Sum(c => c) + 100;

    private static SpecialStatus? OfHost(string path)
    {
        const int CurrentDirectory = -100, OpenAt = 257, PathOnly = 0x200000, CloseOnExec = 0x80000;
        long descriptor = HostCall.OnPath(OpenAt, CurrentDirectory, PathText.ToKernel(path), PathOnly | CloseOnExec);
        if (descriptor < 0)
        {
            return null;
        }

        HostEntry? entry = HostEntry.Of((int)descriptor);
        HostIo.Close((int)descriptor);
        return entry is { } e ? new SpecialStatus(e.Mode, e.Inode, e.RawDevice, 1, e.Size, e.Device) : null;
    }
}
