using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;
using UniBench.Monitor.Memory;

namespace UniBench.Monitor.Procfs;

/// <summary>/proc/PID/pagemap: 64 bits for each page, without the numbers of frames, as Linux shows it to the unprivileged.</summary>
internal sealed class PageMapView(Machine vm)
{
    private const ulong Present = 1UL << 63, OfFile = 1UL << 61;

    /// <summary>Whole entries; behind the last address there are none.</summary>
    public int Read(long offset, Span<byte> to)
    {
        if (offset % sizeof(ulong) != 0 || to.Length % sizeof(ulong) != 0)
        {
            return -Errno.EINVAL;
        }

        ulong first = (ulong)offset / sizeof(ulong), pages = Math.Min((ulong)to.Length / sizeof(ulong), first < Limit ? Limit - first : 0);
        Span<byte> entries = to[..(int)(pages * sizeof(ulong))];
        entries.Clear();
        ulong[] found = new ulong[pages];
        new AddressReader(vm).Visit(first * GuestLayout.Page, (first + pages) * GuestLayout.Page, (address, frame) =>
            found[(address / GuestLayout.Page) - first] = Present | (frame < GuestLayout.GpaLibos ? 0 : OfFile));
        for (int i = 0; i < found.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(entries[(i * sizeof(ulong))..], found[i]);
        }

        return entries.Length;
    }

    private static ulong Limit => GuestLayout.StackTop / GuestLayout.Page;
}
