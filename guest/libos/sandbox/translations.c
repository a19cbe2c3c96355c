/*
 * The host's mappings are this machine's TLB: filled from the page tables, a run of neighbouring pages at a time, when an
 * access faults or is about to, and dropped when the library OS flushes. A fault costs as much as mapping many pages.
 */
#include "sandbox.h"

#define RUN 64   /* pages on either side at most */
#define WHOLE 16 /* pages that are mapped at once with what was wanted */
#define RUNS 4   /* so many, as a program and a library have them; what has more is a heap, and most of that in vain */
#define LARGE 0x80UL

/* Slots by the kind of their address, so that a look-up is short. */
#define SLOTS UB_SANDBOX_SLOTS

static const struct ub_slot *slot_of(u64 frame)
{
    static const struct ub_slot *last = ub_sandbox.slots;
    if (frame - last->address < last->bytes)
        return last;
    for (const struct ub_slot *slot = ub_sandbox.slots; slot < ub_sandbox.slots + SLOTS; slot++)
        if (frame - slot->address < slot->bytes)
            return last = slot;
    return 0;
}

/* The table of an address's pages, with the rights that the tables above it leave; 0: none that can be read. */
static const u64 *leaf_table(u64 address, u64 *rights)
{
    u64 table = ub_control.tables_base;
    *rights = UB_PTE_WRITABLE;
    for (int shift = 39; shift > 12; shift -= 9) {
        if (table >= UB_GPA_LIBOS || !slot_of(table))
            return 0;
        u64 entry = ((const u64 *)(UB_DIRECT_MAP + table))[address >> shift & 511];
        if (!(entry & UB_PTE_PRESENT) || (entry & LARGE))
            return 0;
        *rights &= entry;
        table = entry & UB_PTE_FRAME;
    }
    return table < UB_GPA_LIBOS && slot_of(table) ? (const u64 *)(UB_DIRECT_MAP + table) : 0;
}

static bool allows(u64 entry, u64 rights, u64 error)
{
    return (entry & UB_PTE_PRESENT) && (!(error & 2) || (entry & rights & UB_PTE_WRITABLE)) &&
           (!(error & 16) || !(entry & UB_PTE_NO_EXECUTE));
}

#define SAME (UB_PTE_PRESENT | UB_PTE_WRITABLE | UB_PTE_NO_EXECUTE)

/* Whether the entry at a place goes on where the one before it ends, in the same slot and with the same rights. */
static bool goes_on(const u64 *table, u32 at, const struct ub_slot *slot)
{
    u64 frame = table[at] & UB_PTE_FRAME;
    return !((table[at] ^ table[at - 1]) & SAME) && frame == (table[at - 1] & UB_PTE_FRAME) + UB_PAGE &&
           frame - slot->address < slot->bytes;
}

static long map_run(u64 start, const u64 *entries, u32 count, u64 rights, const struct ub_slot *slot, u64 flags)
{
    u64 prot = PROT_READ | (*entries & rights & UB_PTE_WRITABLE ? PROT_WRITE : 0) |
               (*entries & UB_PTE_NO_EXECUTE ? 0 : PROT_EXEC);
    return gate_call(NR_mmap, start, count * UB_PAGE, prot, HOST_MAP_SHARED | HOST_MAP_FIXED | flags, (u64)slot->descriptor,
                     slot->offset + ((*entries & UB_PTE_FRAME) - slot->address));
}

/*
 * Maps what is between two places of a table. Few pages at once; many that are only read are filled by the host as they are
 * touched, which takes half of what a fault takes that comes here. Many that are written wait for that: the host fills one at a time.
 */
static void map_between(u64 piece, const u64 *table, u32 at, u32 end, u64 rights)
{
    for (u32 runs = 0; at < end && runs < RUNS;) {
        const struct ub_slot *slot = table[at] & UB_PTE_PRESENT ? slot_of(table[at] & UB_PTE_FRAME) : 0;
        u32 next = at + 1;
        while (slot && next < end && goes_on(table, next, slot))
            next++;
        bool few = next - at <= WHOLE;
        if (slot && (few || !(table[at] & rights & UB_PTE_WRITABLE))) {
            if (map_run(piece + at * UB_PAGE, &table[at], next - at, rights, slot, few ? HOST_MAP_POPULATE : 0) < 0)
                return; /* it will fault */
            runs++;
        }
        at = next;
    }
}

/* Whether an address is of a piece of the program's that is new, which from now on it is not. */
static bool note_piece(u64 address)
{
    u64 number = address / UB_LARGE_PAGE;
    if (address >= UB_STACK_TOP || (address >= UB_DIRECT_MAP && address < UB_WINDOWS_END))
        return false; /* the library OS's own stay as they are */
    for (u32 i = 0; i < UB_SANDBOX_PIECES; i++)
        if (ub_sandbox.pieces[i] == number)
            return false;
    ub_sandbox.pieces[ub_sandbox.next_piece++ % UB_SANDBOX_PIECES] = number;
    return true;
}

bool translate(u64 address, u64 error)
{
    u64 rights, piece = address & ~(u64)(UB_LARGE_PAGE - 1);
    const u64 *table = address < UB_SANDBOX ? leaf_table(address, &rights) : 0;
    u32 at = (u32)(address >> 12 & 511), low = at, high = at + 1;
    if (!table || !allows(table[at], rights, error))
        return false;
    const struct ub_slot *slot = slot_of(table[at] & UB_PTE_FRAME);
    if (!slot)
        return false;
    while (low > 0 && at - low < RUN && (table[low - 1] & UB_PTE_FRAME) >= slot->address && goes_on(table, low, slot))
        low--;
    while (high < 512 && high - at < RUN && goes_on(table, high, slot))
        high++;
    long mapped = map_run(piece + low * UB_PAGE, &table[low], high - low, rights, slot, HOST_MAP_POPULATE);
    if (mapped == -ENOMEM) {
        flush_all(); /* so many mappings that the host has no room for more: begin anew */
        return map_run(piece + low * UB_PAGE, &table[low], high - low, rights, slot, 0) >= 0;
    }
    if (mapped >= 0 && note_piece(address)) {
        map_between(piece, table, low > RUN ? low - RUN : 0, low, rights);
        map_between(piece, table, high, high + RUN < 512 ? high + RUN : 512, rights);
    }
    return mapped >= 0;
}

void translations_ahead(u64 start, u64 end)
{
    while (start < end) {
        u64 rights, piece = start & ~(u64)(UB_LARGE_PAGE - 1), next = piece + UB_LARGE_PAGE < end ? piece + UB_LARGE_PAGE : end;
        const u64 *table = leaf_table(start, &rights);
        if (table)
            map_between(piece, table, (u32)((start - piece) / UB_PAGE), (u32)((next - piece + UB_PAGE - 1) / UB_PAGE), rights);
        start = next;
    }
}

/*
 * What stayed mapped would show the old frames to who only reads: after others have got them, and to the next process, whose tables name
 * the new ones, too.
 */
void translations_moved(u64 start, u64 end, bool of_file)
{
    flush_pages(start, end);
    translations_ahead(start, end);
}

void translations_around(u64 address)
{
    u64 piece = address & ~(u64)(UB_LARGE_PAGE - 1);
    if (note_piece(address))
        translations_ahead(piece, piece + UB_LARGE_PAGE);
}

static void forget(u64 start, u64 end)
{
    ub_counters.flushes++;
    if (sandbox_unmap(start, end) < 0)
        sandbox_fail(94); /* what is stale would stay: no mapping can be split any more */
}

void translations_wanted(u64 address, u64 error)
{
    ub_sandbox.faults++;
    translate(address, error);
}

void flush_pages(u64 start, u64 end)
{
    forget(start, end);
}

void flush_writes(u64 start, u64 end, bool executable)
{
    u64 prot = PROT_READ | (executable ? PROT_EXEC : 0);
    if (gate_call(NR_mprotect, start, end - start, prot, 0, 0, 0) < 0)
        flush_pages(start, end); /* not all of it is mapped */
    else
        ub_counters.flushes++;
}

/* Of the program; the library OS's own pages stay where they are. */
void flush_all(void)
{
    forget(0x10000, UB_DIRECT_MAP);
    forget(UB_WINDOWS_END, UB_STACK_TOP);
}
