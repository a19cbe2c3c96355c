using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Machines;

/// <summary>Where two states of a process's page tables show something else: what was derived from the old one for those addresses is wrong.</summary>
/// <param name="old">Private memory with the old tables.</param>
/// <param name="fresh">The new ones, from their root on.</param>
/// <param name="freshBase">Where they will lie.</param>
/// <param name="replaced">Guest-physical ranges where other memory lies than when the old tables were in use.</param>
internal readonly ref struct TableDifference(HostRange old, ReadOnlySpan<byte> fresh, ulong freshBase, ReadOnlySpan<(ulong Start, ulong End)> replaced)
{
    private const ulong Present = 1;
    private const ulong Large = 0x80;
    private const ulong FrameMask = 0x000ffffffffff000;
    private const int RootShift = 39;
    private readonly HostRange old = old;
    private readonly ReadOnlySpan<byte> fresh = fresh;
    private readonly ulong freshBase = freshBase;
    private readonly ReadOnlySpan<(ulong Start, ulong End)> replaced = replaced;

    /// <summary>Ranges of guest-virtual addresses, in order; those with nothing between them that stays are one.</summary>
    /// <param name="oldRoot">Guest-physical.</param>
    public List<(ulong Start, ulong End)> Find(ulong oldRoot)
    {
        List<(ulong Start, ulong End)> found = [];
        bool isOpen = false;
        Compare(oldRoot, freshBase, RootShift, 0, found, ref isOpen);
        return found;
    }

    /// <param name="isOpen">Nothing that stays was seen since the last range.</param>
    private void Compare(ulong oldTable, ulong freshTable, int shift, ulong address, List<(ulong Start, ulong End)> found, ref bool isOpen)
    {
        ReadOnlySpan<ulong> before = MemoryMarshal.Cast<byte, ulong>(old.Slice((long)oldTable, GuestLayout.Page).Span);
        ReadOnlySpan<ulong> after = MemoryMarshal.Cast<byte, ulong>(fresh.Slice((int)(freshTable - freshBase), GuestLayout.Page));
        if (shift == 12 && replaced.IsEmpty && before.SequenceEqual(after))
        {
            isOpen &= before.IndexOfAnyExcept(0UL) < 0;
            return;
        }

        for (int i = before.IndexOfAnyExcept(0UL); i < before.Length && i >= 0; i++)
        {
            ulong was = before[i], becomes = after[i];
            if ((was & Present) == 0 || (shift > 12 && (was & Large) != 0))
            {
                continue;
            }

            ulong start = address + ((ulong)i << shift);
            if (shift == 12)
            {
                if (was != becomes || IsReplaced(was & FrameMask))
                {
                    Add(found, start, shift, ref isOpen);
                }
                else
                {
                    isOpen = false;
                }
            }
            else if (IsTable(becomes) && IsHere(was & FrameMask, old.Length) && IsHere((becomes & FrameMask) - freshBase, fresh.Length))
            {
                Compare(was & FrameMask, becomes & FrameMask, shift - 9, start, found, ref isOpen);
            }
            else
            {
                Add(found, start, shift, ref isOpen);
            }
        }
    }

    private bool IsReplaced(ulong frame)
    {
        foreach ((ulong start, ulong end) in replaced)
        {
            if (frame - start < end - start)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTable(ulong entry) => (entry & (Present | Large)) == Present;

    private static bool IsHere(ulong offset, long length) => offset <= (ulong)(length - GuestLayout.Page);

    private static void Add(List<(ulong Start, ulong End)> found, ulong start, int shift, ref bool isOpen)
    {
        ulong end = start + (1UL << shift);
        if (found.Count > 0 && (found[^1].End == start || (isOpen && AreAlike(found[^1].Start, start))))
        {
            found[^1] = (found[^1].Start, end);
        }
        else
        {
            found.Add((start, end));
        }

        isOpen = true;
    }

    /// <summary>Between the two lies nothing that the machine maps by itself.</summary>
    private static bool AreAlike(ulong low, ulong high) => high < GuestLayout.DirectMap || (low >= GuestLayout.WindowsEnd && high < GuestLayout.StackTop);
}
