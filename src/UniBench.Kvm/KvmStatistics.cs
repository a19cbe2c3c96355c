using System.Runtime.InteropServices;
using System.Text;
using static Tmds.Linux.LibC;

namespace UniBench.Kvm;

/// <summary>KVM's own counters of a vCPU, in the self-describing form of KVM_GET_STATS_FD.</summary>
internal static unsafe class KvmStatistics
{
    private const uint KindMask = 0xf; // of a description's flags; 0: only ever grows
    private const int MostBytes = 64 << 10;

    /// <returns>The single numbers that only grow, by name; empty where KVM has no such descriptor.</returns>
    public static IReadOnlyDictionary<string, long> Read(int vcpu)
    {
        int fd = ioctl(vcpu, KvmIoctl.GetStatistics, 0);
        if (fd < 0)
        {
            return new Dictionary<string, long>();
        }

        byte[] all = new byte[MostBytes];
        int length = 0;
        fixed (byte* at = all)
        {
            // SAFETY: pread writes at most what is left of the buffer behind at + length.
            while (length < all.Length && (long)pread(fd, at + length, all.Length - length, length) is > 0 and var read)
            {
                length += (int)read;
            }
        }

        _ = close(fd);
        return Parse(all.AsSpan(0, length));
    }

    private static Dictionary<string, long> Parse(ReadOnlySpan<byte> all)
    {
        Dictionary<string, long> values = [];
        KvmStatisticsHeader header = MemoryMarshal.Read<KvmStatisticsHeader>(all);
        int fixedBytes = sizeof(KvmStatisticsDescription);
        for (int i = 0; i < header.Count; i++)
        {
            ReadOnlySpan<byte> description = all.Slice((int)header.DescriptionsOffset + (i * (fixedBytes + (int)header.NameSize)), fixedBytes + (int)header.NameSize);
            KvmStatisticsDescription said = MemoryMarshal.Read<KvmStatisticsDescription>(description);
            if ((said.Flags & KindMask) == 0 && said.Size == 1)
            {
                ReadOnlySpan<byte> name = description[fixedBytes..];
                values[Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)])] = MemoryMarshal.Read<long>(all[((int)header.DataOffset + (int)said.Offset)..]);
            }
        }

        return values;
    }
}
