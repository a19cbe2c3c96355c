using System.Buffers.Binary;
using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>What stat(2) says of a special file.</summary>
internal readonly record struct SpecialStatus(uint Mode, ulong Inode, ulong RawDevice, uint Links, long Size, (uint User, uint Group) Owner, ulong Device = SpecialStatus.OfMonitor)
{
    /// <summary>The device that files of the monitor's own making are on.</summary>
    public const ulong OfMonitor = 21;

    private const uint RegularType = 0x8000, DirectoryType = 0x4000, LinkType = 0xa000, All = 0x1ff;
    private const int StatBytes = 144;
    private const int WideBytes = 256;
    private const uint BasicMask = 0x7ff;

    /// <summary>Of a file that is no descriptor of a process, or of the link that such a one is.</summary>
    /// <param name="path">Where it is in the guest's tree.</param>
    /// <param name="follow">Whether a link's target is meant.</param>
    /// <returns>Null if it is a file of the host that is not there.</returns>
    public static SpecialStatus? Of(SpecialFile file, string path, bool follow)
    {
        return file switch
        {
            SpecialFile.Program program when follow => HostIdentity.AsOwn(() => OfHost(PathText.OfHost(program.HostPath))),
            SpecialFile.Device device => OfHost(device.HostPath),
            SpecialFile.Terminal terminal => OfHost(terminal.HostPath),
            SpecialFile.Multiplexer multiplexer => OfHost(multiplexer.HostPath),
            SpecialFile.Pseudo { Pair: { } pair } => OfOpened(pair.OpenSlave(OpenFlags.Path)),
            SpecialFile.Descriptor descriptor => Made(LinkType, descriptor.Open.LinkMode, 1, 64),
            SpecialFile.Link or SpecialFile.Program => Made(LinkType, All, 1, 0),
            SpecialFile.Directory directory => Made(DirectoryType, directory.Mode, 2, 0),
            SpecialFile.HostText => Made(RegularType, file.Mode, 1, path.StartsWith("/sys/", StringComparison.Ordinal) ? 4096 : 0),
            _ => Made(RegularType, file.Mode, 1, file.Size),
        };

        SpecialStatus Made(uint type, uint mode, uint links, long size) => new(type | mode, InodeOf(path), 0, links, size, file.Owner);
    }

    /// <summary>struct stat.</summary>
    public long Write(Span<byte> to)
    {
        to[..StatBytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(to, Device);
        BinaryPrimitives.WriteUInt64LittleEndian(to[8..], Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(to[16..], Links);
        BinaryPrimitives.WriteUInt32LittleEndian(to[24..], Mode);
        BinaryPrimitives.WriteUInt32LittleEndian(to[28..], Owner.User);
        BinaryPrimitives.WriteUInt32LittleEndian(to[32..], Owner.Group);
        BinaryPrimitives.WriteUInt64LittleEndian(to[40..], RawDevice);
        BinaryPrimitives.WriteInt64LittleEndian(to[48..], Size);
        BinaryPrimitives.WriteInt64LittleEndian(to[56..], 1024);
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (int time in (int[])[72, 88, 104])
        {
            BinaryPrimitives.WriteInt64LittleEndian(to[time..], now);
        }

        return 0;
    }

    /// <summary>struct statx.</summary>
    public long WriteWide(Span<byte> to)
    {
        to[..WideBytes].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(to, BasicMask);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], 1024);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], Links);
        BinaryPrimitives.WriteUInt32LittleEndian(to[20..], Owner.User);
        BinaryPrimitives.WriteUInt32LittleEndian(to[24..], Owner.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(to[28..], (ushort)Mode);
        BinaryPrimitives.WriteUInt64LittleEndian(to[32..], Inode);
        BinaryPrimitives.WriteInt64LittleEndian(to[40..], Size);
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (int time in (int[])[64, 96, 112])
        {
            BinaryPrimitives.WriteInt64LittleEndian(to[time..], now);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(to[128..], (uint)(RawDevice >> 8 & 0xfff));
        BinaryPrimitives.WriteUInt32LittleEndian(to[132..], (uint)(RawDevice & 0xff));
        BinaryPrimitives.WriteUInt32LittleEndian(to[136..], (uint)(Device >> 8 & 0xfff));
        BinaryPrimitives.WriteUInt32LittleEndian(to[140..], (uint)(Device & 0xff));
        return 0;
    }

    /// <summary>The same number for the same path, always: FNV-1a.</summary>
    public static ulong InodeOf(string path)
    {
        uint hash = 2166136261;
        foreach (char c in path)
        {
            hash = (hash ^ c) * 16777619;
        }

        return 0x1_0000_0000UL | hash;
    }

    private static SpecialStatus? OfHost(string path) =>
        OfOpened(HostCall.OnPath(LinuxCall.Openat, AtFlags.Fdcwd, PathText.ToKernel(path), OpenFlags.Path | OpenFlags.Cloexec));

    /// <param name="descriptor">Of what only names it, which is closed; or -errno.</param>
    private static SpecialStatus? OfOpened(long descriptor)
    {
        if (descriptor < 0)
        {
            return null;
        }

        Span<byte> status = stackalloc byte[HostIo.StatBytes];
        HostEntry? entry = HostEntry.Of((int)descriptor);
        (uint, uint) owner = HostIo.Stat((int)descriptor, status) < 0
            ? default
            : (BinaryPrimitives.ReadUInt32LittleEndian(status[28..]), BinaryPrimitives.ReadUInt32LittleEndian(status[32..]));
        HostIo.Close((int)descriptor);
        return entry is { } e ? new SpecialStatus(e.Mode, e.Inode, e.RawDevice, 1, e.Size, owner, e.Device) : null;
    }
}
