using System.Buffers.Binary;
using UniBench.Host;

namespace UniBench.Monitor.Files;

/// <summary>What the host says of one of its files, by descriptor: struct stat, taken apart.</summary>
internal readonly record struct HostEntry(ulong Device, ulong Inode, uint Mode, ulong RawDevice, long Size, long ModifiedSeconds, long ModifiedNs, uint Owner, uint Group)
{
    private const uint TypeMask = 0xf000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public bool IsLink => (Mode & TypeMask) == 0xa000;

    public bool IsFifo => (Mode & TypeMask) == 0x1000;

    public bool IsSocket => (Mode & TypeMask) == 0xc000;

    public bool IsCharacterDevice => (Mode & TypeMask) == 0x2000;

    public bool IsBlockDevice => (Mode & TypeMask) == 0x6000;

    /// <returns>Null when the descriptor is none.</returns>
    public static HostEntry? Of(int descriptor)
    {
        Span<byte> status = stackalloc byte[HostIo.StatBytes];
        return Of(descriptor, status);
    }

    /// <param name="status">Room for struct stat, which it holds afterwards.</param>
    public static HostEntry? Of(int descriptor, Span<byte> status)
    {
        if (HostIo.Stat(descriptor, status) < 0)
        {
            return null;
        }

        return new HostEntry(Word(status, 0), Word(status, 8), Number(status, 24), Word(status, 40), (long)Word(status, 48), (long)Word(status, 88), (long)Word(status, 96), Number(status, 28), Number(status, 32));

        static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

        static ulong Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
    }

    /// <summary>What a name is, without following it.</summary>
    /// <param name="target">Where it leads, if it is a symbolic link.</param>
    public static EntryKind Inspect(int directory, byte[] name, out string? target)
    {
        target = null;
        int descriptor = HostCall.OpenStrictly(directory, name, OpenFlags.Path | OpenFlags.Nofollow, 0);
        if (descriptor < 0)
        {
            return descriptor is -Errno.EACCES or -Errno.EPERM ? EntryKind.Forbidden : EntryKind.Missing;
        }

        try
        {
            HostEntry? entry = Of(descriptor);
            if (entry is not { IsLink: true })
            {
                return entry is { IsDirectory: true } ? EntryKind.Directory : EntryKind.Other;
            }

            target = PathText.Of(HostIo.ReadLink(descriptor));
            return EntryKind.Link;
        }
        finally
        {
            HostIo.Close(descriptor);
        }
    }
}
