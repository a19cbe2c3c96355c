using System.Runtime.InteropServices;
using UniBench.Monitor.Abi;
using UniBench.Monitor.Machines;

namespace UniBench.Monitor.Memory;

/// <summary>Reads the memory of a process that may be running: page by page through its page tables, of which nothing is believed: what leads back to itself ends somewhere.</summary>
internal sealed class AddressReader(Machine vm)
{
    private const ulong Present = 1, Large = 0x80, Owned = 0x200, Frozen = 0x800;
    private const ulong FrameMask = 0x000ffffffffff000;
    private const int EntriesOfTable = 512, LeafShift = 12;
    private const int MostTables = 160_000; // of honest ones there are 8,192 at most, and some four on the way to each area
    private readonly ulong root = vm.TablesBase;
    private int tablesLeft = MostTables;

    /// <summary>A page that there is: its address, and the guest-physical address behind it.</summary>
    public delegate void Visitor(ulong address, ulong frame);

    /// <summary>Copies what lies there; false where something is missing.</summary>
    public bool TryRead(ulong address, Span<byte> to)
    {
        for (int done = 0; done < to.Length;)
        {
            int within = (int)((address + (ulong)done) % GuestLayout.Page), piece = Math.Min(to.Length - done, GuestLayout.Page - within);
            ulong frame = 0;
            Visit(address + (ulong)(done - within), address + (ulong)(done - within) + GuestLayout.Page, (_, physical) => frame = physical);
            if (frame == 0 || !vm.TryCopy(frame + (ulong)within, to.Slice(done, piece)))
            {
                return false;
            }

            done += piece;
        }

        return true;
    }

    /// <summary>Writes where the process could without a fault, which is its own memory alone; false elsewhere.</summary>
    /// <param name="from">No more than the page has.</param>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> from)
    {
        const ulong Writes = 2;
        ulong table = root;
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (int shift = 39; shift >= LeafShift; shift -= 9)
        {
            if (!vm.TryCopy(table + ((address >> shift & 511) * sizeof(ulong)), word))
            {
                return false;
            }

            ulong entry = MemoryMarshal.Read<ulong>(word);
            if ((entry & (Present | Writes)) != (Present | Writes) || (shift > LeafShift && (entry & Large) != 0) || (shift == LeafShift && (entry & Owned) == 0))
            {
                return false;
            }

            table = entry & FrameMask;
        }

        return vm.TryWrite(table + (address % GuestLayout.Page), from);
    }

    /// <summary>Calls for every page of a range that there is, in order.</summary>
    public void Visit(ulong start, ulong end, Visitor visitor) => Visit(root, 39, start, end, visitor);

    private void Visit(ulong table, int shift, ulong start, ulong end, Visitor visitor)
    {
        Span<ulong> entries = stackalloc ulong[EntriesOfTable];
        if (start >= end || --tablesLeft < 0 || !vm.TryCopy(table, MemoryMarshal.AsBytes(entries)))
        {
            return;
        }

        ulong span = 1UL << shift;
        for (ulong at = start & ~(span - 1); at < end; at += span)
        {
            ulong entry = entries[(int)(at >> shift & 511)];
            if (shift == LeafShift)
            {
                if ((entry & (Present | Owned)) != 0)
                {
                    visitor(at, entry & FrameMask);
                }
            }
            else if ((entry & Large) == 0 && ((entry & Present) != 0 || (shift == 21 && (entry & Frozen) != 0)))
            {
                Visit(entry & FrameMask, shift - 9, Math.Max(start, at), Math.Min(end, at + span), visitor);
            }
        }
    }
}
