using System.Buffers.Binary;
using System.Runtime.InteropServices;
using UniBench.Host;
using UniBench.Monitor.Abi;

namespace UniBench.Monitor.Memory;

/// <summary>Builds and reads the page tables of a guest, which lie in a region of its private memory, the root first.</summary>
/// <param name="memory">Private memory.</param>
/// <param name="root">Where the region begins.</param>
/// <param name="beyond">Finds a table of a guest that lies elsewhere.</param>
internal readonly struct PageTables(HostRange memory, ulong root, Func<ulong, HostRange?>? beyond = null)
{
    private const ulong Used = GuestLayout.PtePresent | GuestLayout.PteUser | GuestLayout.PteTouched;
    private const int EntriesOfTable = 512;
    private const int UserEntries = 256; // of the root

    /// <summary>Maps one 4 KB page.</summary>
    /// <param name="tablesNext">Next free page for tables; advanced when one is taken.</param>
    public void Map(ulong address, ulong frame, ulong flags, ref ulong tablesNext) =>
        Write(Table(address, 12, ref tablesNext), address >> 12, frame | Used | GuestLayout.PteOwned | flags);

    /// <summary>Maps one 2 MB page.</summary>
    public void MapLarge(ulong address, ulong frame, ulong flags, ref ulong tablesNext) =>
        Write(Table(address, 21, ref tablesNext), address >> 21, frame | Used | GuestLayout.PteLarge | flags);

    /// <summary>Guest-physical address behind a guest-virtual one, or null. Safe on tables that a guest has scribbled on.</summary>
    public ulong? Translate(ulong address)
    {
        ulong table = root;
        for (int shift = 39; shift >= 12; shift -= 9)
        {
            HostRange? page = table <= (ulong)(memory.Length - GuestLayout.Page) ? memory.Slice((long)table, GuestLayout.Page) : beyond?.Invoke(table);
            ulong entry = page is { } range ? BinaryPrimitives.ReadUInt64LittleEndian(range.Span[(int)((address >> shift & 511) * 8)..]) : 0;
            if ((entry & GuestLayout.PtePresent) == 0 && (shift != 21 || (entry & GuestLayout.PteFrozen) == 0))
            {
                return null;
            }

            table = entry & GuestLayout.PteFrame;
            if (shift == 12 || (shift == 21 && (entry & GuestLayout.PteLarge) != 0))
            {
                return table | (address & ((1UL << shift) - 1));
            }
        }

        return null;
    }

    /// <summary>Makes tables that were built for the first region right for another: entries that name tables are moved, those that name pages stay.</summary>
    public static void Move(Span<byte> tables, ulong distance)
    {
        Span<ulong> entries = MemoryMarshal.Cast<byte, ulong>(tables);
        foreach (ref ulong entry in entries)
        {
            if ((entry & GuestLayout.PtePresent) != 0 && (entry & GuestLayout.PteLarge) == 0 && (entry & GuestLayout.PteFrame) - GuestLayout.TablesOffset < GuestLayout.TablesSize)
            {
                entry += distance;
            }
        }
    }

    /// <summary>
    /// In a forked child: its parent's tables of page-table entries that lie in extents, which the child may only read, are not present. Its
    /// library OS copies one when something behind it is touched. Safe on tables that a guest has scribbled on.
    /// </summary>
    /// <param name="tables">A region, the root first.</param>
    /// <param name="root">Its guest-physical address.</param>
    public static void HideTablesOfExtents(Span<byte> tables, ulong root)
    {
        Span<ulong> entries = MemoryMarshal.Cast<byte, ulong>(tables);
        foreach (ulong fourth in entries[..UserEntries])
        {
            foreach (ulong third in TableOf(entries, root, fourth))
            {
                foreach (ref ulong entry in TableOf(entries, root, third))
                {
                    if ((entry & (GuestLayout.PtePresent | GuestLayout.PteLarge)) == GuestLayout.PtePresent && (entry & GuestLayout.PteFrame) is >= GuestLayout.GpaExtents and < GuestLayout.GpaLibos)
                    {
                        entry &= ~GuestLayout.PtePresent;
                    }
                }
            }
        }
    }

    private static Span<ulong> TableOf(Span<ulong> tables, ulong root, ulong entry)
    {
        ulong first = ((entry & GuestLayout.PteFrame) - root) / sizeof(ulong);
        return (entry & (GuestLayout.PtePresent | GuestLayout.PteLarge)) == GuestLayout.PtePresent && first + EntriesOfTable <= (ulong)tables.Length
            ? tables.Slice((int)first, EntriesOfTable)
            : [];
    }

    private ulong Table(ulong address, int leafShift, ref ulong tablesNext)
    {
        ulong table = root;
        for (int shift = 39; shift > leafShift; shift -= 9)
        {
            ulong entry = Read(table, address >> shift);
            if ((entry & GuestLayout.PtePresent) == 0)
            {
                if (tablesNext >= root + GuestLayout.TablesSize)
                {
                    throw new EngineException($"page tables: the program's segments are spread over more than {GuestLayout.TablesSize / GuestLayout.Page} tables");
                }

                entry = tablesNext | Used | GuestLayout.PteWritable;
                tablesNext += GuestLayout.Page;
                memory.Slice((long)(entry & GuestLayout.PteFrame), GuestLayout.Page).Span.Clear();
                Write(table, address >> shift, entry);
            }

            table = entry & GuestLayout.PteFrame;
        }

        return table;
    }

    private ulong Read(ulong table, ulong index) =>
        BinaryPrimitives.ReadUInt64LittleEndian(memory.Slice((long)(table + ((index & 511) * 8)), 8).Span);

    private void Write(ulong table, ulong index, ulong entry) =>
        BinaryPrimitives.WriteUInt64LittleEndian(memory.Slice((long)(table + ((index & 511) * 8)), 8).Span, entry);
}
