using System.Buffers.Binary;
using UniBench.Monitor.Processes;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Ipc;

/// <summary>System V shared memory: segments that it holds itself, so that they stay while no process has it attached.</summary>
internal sealed class SharedMemory(int key, IpcCaller maker, int mode, long size, IReadOnlyList<Segment> segments) : IpcObject(key, maker, mode), ISegmentHolder
{
    public const int Bytes = 112;
    private readonly Dictionary<IFamilyMember, int> attached = [];
    private readonly int makerPid = maker.Pid;
    private long attachedAt, detachedAt;
    private int lastPid;

    /// <summary>As shmget was told, in bytes.</summary>
    public long Size => size;

    public IReadOnlyList<Segment> Segments => segments;

    /// <summary>IPC_RMID came: it goes with its last process.</summary>
    public bool IsDoomed { get; set; }

    public bool IsLocked { get; set; }

    public int Attachments => attached.Values.Sum();

    int ISegmentHolder.Pid => 0;

    protected override int ShownMode => Mode | (IsDoomed ? 0x200 : 0) | (IsLocked ? 0x400 : 0); // SHM_DEST, SHM_LOCKED

    bool ISegmentHolder.HasLetGo(Ring ring, int side) => false;

    void ISegmentHolder.RingChanged(Ring ring, ISegmentHolder? by)
    {
    }

    public void Attach(IFamilyMember process)
    {
        attached[process] = attached.GetValueOrDefault(process) + 1;
        (lastPid, attachedAt) = (process.Pid, Now);
    }

    /// <summary>One attachment of the process ends, or all of them.</summary>
    /// <returns>False if it has none.</returns>
    public bool Detach(IFamilyMember process, bool all)
    {
        if (!attached.TryGetValue(process, out int count))
        {
            return false;
        }

        if (all || count == 1)
        {
            attached.Remove(process);
        }
        else
        {
            attached[process] = count - 1;
        }

        (lastPid, detachedAt) = (process.Pid, Now);
        return true;
    }

    /// <summary>A child has attached what its parent has.</summary>
    public void Inherit(IFamilyMember parent, IFamilyMember child)
    {
        if (attached.TryGetValue(parent, out int count))
        {
            attached[child] = count;
        }
    }

    /// <summary>struct shmid_ds.</summary>
    public override void Describe(Span<byte> to)
    {
        to = to[..Bytes];
        DescribePermission(to);
        BinaryPrimitives.WriteInt64LittleEndian(to[48..], size);
        BinaryPrimitives.WriteInt64LittleEndian(to[56..], attachedAt);
        BinaryPrimitives.WriteInt64LittleEndian(to[64..], detachedAt);
        BinaryPrimitives.WriteInt64LittleEndian(to[72..], ChangedAt);
        BinaryPrimitives.WriteInt32LittleEndian(to[80..], makerPid);
        BinaryPrimitives.WriteInt32LittleEndian(to[84..], lastPid);
        BinaryPrimitives.WriteInt64LittleEndian(to[88..], Attachments);
    }
}
