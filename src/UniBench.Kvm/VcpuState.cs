using System.Buffers.Binary;
using static Tmds.Linux.LibC;

namespace UniBench.Kvm;

/// <summary>
/// What a guest at CPL 0 can change in a vCPU beside what kvm_run and KVM_SET_SREGS hold, as a new one has it: the state that KVM saves
/// and restores when a machine moves to another host.
/// </summary>
/// <remarks>Nested virtualization and KVM's own registers, which have memory of the guest written to later, no guest is offered (<see cref="KvmDevice"/>).</remarks>
internal sealed unsafe class VcpuState
{
    private const int MostAtOnce = 128; // KVM takes fewer than 256
    private const int HeaderBytes = 8, EntryBytes = 16;
    private const uint TimeStampCounter = 0x10; // set by its offset
    private const uint ExtendedFeatures = 0xc0000080; // EFER: in KVM_SET_SREGS
    private const uint Star = 0xc0000081, Lstar = 0xc0000082, SyscallMask = 0xc0000084; // each vCPU's own
    private readonly byte[] events = new byte[64], debug = new byte[128], extended = new byte[4096];
    private readonly List<byte[]> registers = []; // struct kvm_msrs, as many at once as KVM takes

    /// <param name="device">/dev/kvm.</param>
    /// <param name="vcpu">Nothing ran on it yet.</param>
    public VcpuState(int device, int vcpu)
    {
        Call(vcpu, KvmIoctl.GetEvents, events, "KVM_GET_VCPU_EVENTS");
        Call(vcpu, KvmIoctl.GetDebugRegisters, debug, "KVM_GET_DEBUGREGS");
        Call(vcpu, KvmIoctl.GetXsave, extended, "KVM_GET_XSAVE");
        foreach (uint[] indices in Indices(device).Order().Chunk(MostAtOnce))
        {
            List<(uint Index, ulong Value)> known = [];
            foreach (uint index in indices)
            {
                byte[] one = Message([(index, 0)]);
                if (Try(vcpu, KvmIoctl.GetMsrs, one) == 1 && Try(vcpu, KvmIoctl.SetMsrs, one) == 1)
                {
                    known.Add((index, BinaryPrimitives.ReadUInt64LittleEndian(one.AsSpan(HeaderBytes + 8))));
                }
            }

            registers.Add(Message(known));
        }
    }

    /// <remarks>What is right is not set again: setting a register may do more than change it.</remarks>
    /// <returns>False when KVM refused something: the vCPU must not be used again.</returns>
    public bool TryApplyTo(int vcpu) =>
        registers.All(r => TrySetBack(vcpu, r))
        && Try(vcpu, KvmIoctl.SetXsave, extended) == 0
        && TrySetBack(vcpu, KvmIoctl.GetDebugRegisters, KvmIoctl.SetDebugRegisters, debug)
        && TrySetBack(vcpu, KvmIoctl.GetEvents, KvmIoctl.SetEvents, events);

    private static bool TrySetBack(int vcpu, byte[] wanted)
    {
        byte[] now = [.. wanted];
        int count = BinaryPrimitives.ReadInt32LittleEndian(wanted);
        if (Try(vcpu, KvmIoctl.GetMsrs, now) != count)
        {
            return false;
        }

        List<(uint Index, ulong Value)> changed = [];
        for (int at = HeaderBytes; at < wanted.Length; at += EntryBytes)
        {
            if (!now.AsSpan(at, EntryBytes).SequenceEqual(wanted.AsSpan(at, EntryBytes)))
            {
                changed.Add((BinaryPrimitives.ReadUInt32LittleEndian(wanted.AsSpan(at)), BinaryPrimitives.ReadUInt64LittleEndian(wanted.AsSpan(at + 8))));
            }
        }

        return changed.Count == 0 || Try(vcpu, KvmIoctl.SetMsrs, Message(changed)) == changed.Count;
    }

    private static bool TrySetBack(int vcpu, int get, int set, byte[] wanted)
    {
        byte[] now = new byte[wanted.Length];
        return Try(vcpu, get, now) == 0 && (now.SequenceEqual(wanted) || Try(vcpu, set, wanted) == 0);
    }

    /// <summary>Registers that KVM lists, and those that it keeps without listing them: memory types, machine checks.</summary>
    private static HashSet<uint> Indices(int device)
    {
        const int Most = 4096;
        byte[] list = new byte[4 + (Most * 4)];
        BinaryPrimitives.WriteInt32LittleEndian(list, Most);
        Call(device, KvmIoctl.GetMsrIndexList, list, "KVM_GET_MSR_INDEX_LIST");
        HashSet<uint> indices = [.. Range(0x200, 16), 0x250, 0x258, 0x259, .. Range(0x268, 8), 0x277, 0x2ff, 0x17a, 0x17b, .. Range(0x400, 128)];
        for (int i = 0; i < BinaryPrimitives.ReadInt32LittleEndian(list); i++)
        {
            indices.Add(BinaryPrimitives.ReadUInt32LittleEndian(list.AsSpan(4 + (i * 4))));
        }

        indices.ExceptWith([TimeStampCounter, ExtendedFeatures, Star, Lstar, SyscallMask]);
        return indices;

        static IEnumerable<uint> Range(uint first, int count) => Enumerable.Range((int)first, count).Select(i => (uint)i);
    }

    private static byte[] Message(List<(uint Index, ulong Value)> entries)
    {
        byte[] message = new byte[HeaderBytes + (entries.Count * EntryBytes)];
        BinaryPrimitives.WriteInt32LittleEndian(message, entries.Count);
        for (int i = 0; i < entries.Count; i++)
        {
            Span<byte> entry = message.AsSpan(HeaderBytes + (i * EntryBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(entry, entries[i].Index);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], entries[i].Value);
        }

        return message;
    }

    private static int Try(int descriptor, int request, byte[] argument)
    {
        // SAFETY: each structure has the size that the request's number says, those of registers what their count says.
        fixed (byte* at = argument)
        {
            return ioctl(descriptor, request, at);
        }
    }

    private static void Call(int descriptor, int request, byte[] argument, string name)
    {
        if (Try(descriptor, request, argument) < 0)
        {
            throw new KvmException(name, Host.Errno.Last);
        }
    }
}
