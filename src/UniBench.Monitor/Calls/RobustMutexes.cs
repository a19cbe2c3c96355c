using System.Buffers.Binary;
using UniBench.Host;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Families;
using UniBench.Monitor.Segments;

namespace UniBench.Monitor.Calls;

/// <summary>Robust mutexes of a process that was killed: what the library OS does at an ordinary end, done from outside.</summary>
/// <remarks>Twin of <c>robust_list_exit</c> in guest/libos/futex.c.</remarks>
internal sealed class RobustMutexes(GuestProcess process) : CallModule(process)
{
    private const int MostRobust = 2048;
    private const uint Waiters = 0x80000000;
    private const uint OwnerDied = 0x40000000;
    private const uint ThreadMask = 0x3fffffff;

    /// <summary>Marks the mutexes on the list as left by a dead owner, and wakes one waiter of each. Whatever the guest wrote into the list, it ends.</summary>
    public void ReleaseRobustMutexes()
    {
        ulong head = Vm.Control.RobustHead;
        if (head == 0 || ReadGuest(head) is not { } entry || ReadGuest(head + 8) is not { } offset || ReadGuest(head + 16) is not { } pending)
        {
            return;
        }

        for (int i = 0; i < MostRobust && (entry & ~1UL) != head; i++)
        {
            OwnerHasDied((entry & ~1UL) + offset);
            if (ReadGuest(entry & ~1UL) is not { } next)
            {
                break;
            }

            entry = next;
        }

        if (pending != 0)
        {
            OwnerHasDied((pending & ~1UL) + offset);
        }
    }

    private void OwnerHasDied(ulong address)
    {
        // Only memory that others share is worth it.
        if (address % 4 != 0 || Vm.PageTables.Translate(address) is not { } physical || physical < GuestLayout.GpaWindow
            || !Process.Futexes.TryFindFutex(physical - GuestLayout.GpaWindow, out Segment? segment, out long offset) || segment is FileSegment)
        {
            return;
        }

        ref uint word = ref System.Runtime.InteropServices.MemoryMarshal.AsRef<uint>(segment!.Memory.Slice(offset, 4).Span);
        uint value = Volatile.Read(ref word);
        if ((value & ThreadMask) != (uint)Pid || Interlocked.CompareExchange(ref word, (value & Waiters) | OwnerDied, value) != value)
        {
            return;
        }

        if ((value & Waiters) != 0)
        {
            Family.Futexes.Wake(segment.KeyOf(offset), 1, uint.MaxValue, 0, null);
        }
    }

    /// <summary>A word of the guest's memory, if it is private or shared memory and not a file's.</summary>
    private ulong? ReadGuest(ulong address)
    {
        if (address % 8 != 0 || Vm.PageTables.Translate(address) is not { } physical)
        {
            return null;
        }

        HostRange? memory = Vm.At(physical, 8) is { } own ? own
            : physical >= GuestLayout.GpaWindow && Process.Futexes.TryFindFutex(physical - GuestLayout.GpaWindow, out Segment? segment, out long offset) && segment is not FileSegment ? segment!.Memory.Slice(offset, 8)
            : null;
        return memory is { } range ? BinaryPrimitives.ReadUInt64LittleEndian(range.Span) : null;
    }
}
