/*
 * The host's mappings are this machine's TLB: filled from the page tables, a run of neighbouring pages at a time, when an
 * access faults or is about to, and dropped when the library OS flushes. A fault costs as much as mapping many pages.
 */
#include "sandbox.h"

#define RUN 64 /* pages on either side at most */
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

bool translate(u64 address, u64 error)
{
    const u64 same = UB_PTE_PRESENT | UB_PTE_WRITABLE | UB_PTE_NO_EXECUTE;
    u64 rights;
    const u64 *table = address < UB_SANDBOX ? leaf_table(address, &rights) : 0;
    u32 at = (u32)(address >> 12 & 511);
    if (!table || !allows(table[at], rights, error))
        return false;
    u64 entry = table[at], frame = entry & UB_PTE_FRAME;
    const struct ub_slot *slot = slot_of(frame);
    if (!slot)
        return false;
    u32 low = at, high = at + 1;
    while (low > 0 && at - low < RUN && !((table[low - 1] ^ entry) & same) &&
           (table[low - 1] & UB_PTE_FRAME) == frame - (at - low + 1) * UB_PAGE &&
           frame - (at - low + 1) * UB_PAGE >= slot->address)
        low--;
    while (high < 512 && high - at < RUN && !((table[high] ^ entry) & same) &&
           (table[high] & UB_PTE_FRAME) == frame + (high - at) * UB_PAGE &&
           frame + (high - at) * UB_PAGE < slot->address + slot->bytes)
        high++;
    u64 first = frame - (at - low) * UB_PAGE;
    u64 prot = PROT_READ | (entry & rights & UB_PTE_WRITABLE ? PROT_WRITE : 0) | (entry & UB_PTE_NO_EXECUTE ? 0 : PROT_EXEC);
    u64 start = (address & ~(u64)(UB_PAGE - 1)) - (at - low) * UB_PAGE;
    long mapped = gate_call(NR_mmap, start, (high - low) * UB_PAGE, prot,
                            HOST_MAP_SHARED | HOST_MAP_FIXED | HOST_MAP_POPULATE, (u64)slot->descriptor,
                            slot->offset + (first - slot->address));
    if (mapped == -ENOMEM) {
        flush_all(); /* so many mappings that the host has no room for more: begin anew */
        mapped = gate_call(NR_mmap, start, (high - low) * UB_PAGE, prot, HOST_MAP_SHARED | HOST_MAP_FIXED,
                           (u64)slot->descriptor, slot->offset + (first - slot->address));
    }
    return mapped >= 0;
}

void translations_wanted(u64 address, u64 error)
{
    ub_sandbox.faults++;
    translate(address, error);
}

static void forget(u64 start, u64 end)
{
    ub_counters.flushes++;
    if (gate_call(NR_munmap, start, end - start, 0, 0, 0, 0) < 0)
        sandbox_fail(94); /* what is stale would stay: no mapping can be split any more */
}

void flush_pages(u64 start, u64 end)
{
    forget(start, end);
}

/* Of the program; the library OS's own pages stay where they are. */
void flush_all(void)
{
    forget(0x10000, UB_DIRECT_MAP);
    forget(UB_WINDOWS_END, UB_STACK_TOP);
}
