using System.Buffers.Binary;
using UniBench.Monitor.Processes;

namespace UniBench.Monitor.Ipc;

/// <summary>What semaphore sets, message queues and shared segments have in common: struct ipc_perm, and that they can be removed. Guarded by the namespace.</summary>
internal abstract class IpcObject(int key, IpcCaller maker, int mode)
{
    public const int PermissionBytes = 48;

    /// <summary>0 once nobody may find it by its key any more.</summary>
    public int Key { get; set; } = key;

    public int Id { get; set; }

    public bool IsRemoved { get; set; }

    public uint Uid { get; private set; } = maker.Who.Users.Effective;

    public uint Gid { get; private set; } = maker.Who.Groups.Effective;

    public int Mode { get; private set; } = mode & 0x1ff;

    /// <summary>Seconds since 1970, of the last change by IPC_SET and of the making.</summary>
    public long ChangedAt { get; set; } = Now;

    protected static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    private uint MakerUid { get; } = maker.Who.Users.Effective;

    private uint MakerGid { get; } = maker.Who.Groups.Effective;

    /// <summary>Further bits that the mode of a *_ds shows.</summary>
    protected virtual int ShownMode => Mode;

    /// <summary>Whether its owner's, group's or others' bits allow it.</summary>
    /// <param name="wanted">Bits as in a file's mode, of any class.</param>
    public bool Allows(IpcCaller caller, int wanted)
    {
        int needed = (wanted >> 6 | wanted >> 3 | wanted) & 7;
        Credentials who = caller.Who;
        int granted = IsOwnersOrMakers(who) ? Mode >> 6 : who.IsInGroup(Gid) || who.IsInGroup(MakerGid) ? Mode >> 3 : Mode;
        return (needed & ~granted) == 0 || who.Has(Capability.IpcOwner);
    }

    /// <summary>Whether it may be changed and removed by them.</summary>
    public bool IsOwnedBy(IpcCaller caller) => IsOwnersOrMakers(caller.Who) || caller.Who.Has(Capability.SysAdmin);

    /// <summary>Whether it may be locked in memory by them.</summary>
    public bool IsLockableBy(IpcCaller caller) => IsOwnersOrMakers(caller.Who) || caller.Who.Has(Capability.IpcLock);

    /// <summary>The object's *_ds structure, as IPC_STAT shows it.</summary>
    public abstract void Describe(Span<byte> to);

    private bool IsOwnersOrMakers(Credentials who) => who.Users.Effective == Uid || who.Users.Effective == MakerUid;

    /// <summary>IPC_SET: owner and mode from an ipc_perm.</summary>
    public void SetPermission(ReadOnlySpan<byte> from)
    {
        Uid = BinaryPrimitives.ReadUInt32LittleEndian(from[4..]);
        Gid = BinaryPrimitives.ReadUInt32LittleEndian(from[8..]);
        Mode = (int)BinaryPrimitives.ReadUInt32LittleEndian(from[20..]) & 0x1ff;
        ChangedAt = Now;
    }

    protected void DescribePermission(Span<byte> to)
    {
        to.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(to, Key);
        BinaryPrimitives.WriteUInt32LittleEndian(to[4..], Uid);
        BinaryPrimitives.WriteUInt32LittleEndian(to[8..], Gid);
        BinaryPrimitives.WriteUInt32LittleEndian(to[12..], MakerUid);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], MakerGid);
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], ShownMode);
        BinaryPrimitives.WriteUInt16LittleEndian(to[24..], (ushort)(Id / IpcTable.IndexLimit));
    }
}
