/* The program's pages: entries to be changed, and what fork does to them: they freeze, and thaw when written to. */
#include "libos.h"

#define TABLES_RESERVED 88 /* pages of the region for tables of tables, and for those of the library OS */

/* A table that names frames of extents is in an extent itself: fork shares it. */
static u64 leaf_table(u64 address)
{
    if (address >= UB_STACK_TOP)
        return table_of_region(0); /* the library OS's own */
    u64 table = frames_from_extents() ? 0 : table_of_region(TABLES_RESERVED);
    return table ? table : frame_of_extent();
}

/* Frames of extents in a table that was frozen may be shared since: from now on each entry says so itself. */
static bool thaw_table(u64 *slot)
{
    u64 old = *slot & UB_PTE_FRAME, table = old;
    if (!frame_writable(old) && !(table = frame_of_extent()))
        return false;
    u64 *from = direct(old), *to = direct(table);
    for (u32 i = 0; i < 512; i++) {
        u64 entry = from[i];
        if ((entry & UB_PTE_OWNED) && !frame_writable(entry & UB_PTE_FRAME))
            entry = (entry & ~UB_PTE_WRITABLE) | UB_PTE_FROZEN;
        if (to[i] != entry)
            to[i] = entry;
    }
    bool walked = *slot & UB_PTE_PRESENT;
    *slot = (*slot & ~(UB_PTE_FRAME | UB_PTE_FROZEN)) | table | UB_PTE_PRESENT | UB_PTE_WRITABLE;
    if (table != old) {
        if (walked && ub_system.nested_paging)
            flush_all(); /* the CPU may remember where the old one is, and would miss what changes in the new
                            one */
        frame_drop(old);
    }
    return true;
}

u64 *page_entry(u64 address, bool create)
{
    u64 *slot = directory_entry(address, create);
    if (!slot)
        return 0;
    if (!has_table(*slot)) {
        u64 page = create ? leaf_table(address) : 0;
        if (!page)
            return 0;
        *slot = page | UB_PTE_PRESENT | UB_PTE_WRITABLE | UB_PTE_USER | UB_PTE_TOUCHED |
                (page >= UB_GPA_EXTENTS ? UB_PTE_EXTENTS : 0);
    } else if ((*slot & UB_PTE_FROZEN) && !thaw_table(slot)) {
        return 0;
    }
    u64 table = *slot & UB_PTE_FRAME;
    if (table >= UB_GPA_EXTENTS)
        ub_control.table_changes++;
    return &((u64 *)direct(table))[address >> 12 & 511];
}

void page_set(u64 address, u64 *entry, u64 value)
{
    u64 frame = value & UB_PTE_FRAME;
    *entry = value;
    if (frame >= UB_GPA_EXTENTS && frame < UB_GPA_LIBOS) {
        u64 *slot = directory_entry(address, false);
        if (!(*slot & UB_PTE_EXTENTS))
            *slot |= UB_PTE_EXTENTS;
    }
}

#define FROZEN_RUNS 64 /* more than that, and all is flushed at once */

static u64 frozen_start, frozen_end; /* not flushed yet */
static u32 frozen_runs;

static void flush_frozen(void)
{
    if (frozen_end > frozen_start && ++frozen_runs <= FROZEN_RUNS)
        flush_writes(frozen_start, frozen_end, false);
    frozen_start = frozen_end = 0;
}

static void freeze(u64 *slot, u64 address)
{
    if (*slot & UB_PTE_FROZEN)
        return;
    *slot = (*slot & ~UB_PTE_WRITABLE) | UB_PTE_FROZEN;
    const u64 *entries = direct(*slot & UB_PTE_FRAME);
    for (u32 i = 0; i < 512; i++, address += UB_PAGE) {
        u64 frame = entries[i] & UB_PTE_FRAME;
        if (!(entries[i] & UB_PTE_WRITABLE) || frame < UB_GPA_EXTENTS || frame >= UB_GPA_LIBOS)
            continue; /* program text and data of the private memory keep what they had */
        if (address != frozen_end) {
            flush_frozen();
            frozen_start = address;
        }
        frozen_end = address + UB_PAGE;
    }
}

/*
 * Before fork: what lies in extents is written to no more. That is said once for 2 MB, in the directory, so
 * it does not take long; the tables below follow when somebody wants to write there. The flush makes a CPU
 * forget that it might write there, before the child exists; upper levels that lost the right count for all
 * below. What it may still remember of other pages of these 2 MB is that it may write to private memory, as
 * it could if it looked again and met a fault.
 */
void tables_freeze(void)
{
    if (!ub_control.extent_pages)
        return;
    frames_reclaim();
    frozen_runs = 0;
    tables_visit(freeze);
    flush_frozen();
    if (frozen_runs > FROZEN_RUNS)
        flush_all();
}

/* Takes a whole 2 MB piece out of the address space that is still frozen: its table is not copied for that.
 */
bool unmap_frozen(u64 start)
{
    u64 *slot = directory_entry(start, false);
    if (!slot || !(*slot & UB_PTE_FROZEN) || (*slot & UB_PTE_FRAME) < UB_GPA_EXTENTS)
        return false;
    u64 table = *slot & UB_PTE_FRAME, *entries = direct(table);
    *slot = 0;
    flush_pages(start, start + UB_LARGE_PAGE);
    for (u32 i = 0; i < 512; i++)
        if ((entries[i] & UB_PTE_OWNED) && (entries[i] & UB_PTE_FRAME) < UB_GPA_LIBOS)
            frame_release(entries[i] & UB_PTE_FRAME);
    frame_release(table);
    return true;
}

bool private_page(u64 address)
{
    u64 *entry = page_entry(address, true);
    if (!entry || *entry & UB_PTE_OWNED)
        return entry;
    u64 frame = frame_allocate_private();
    *entry = frame ? frame | UB_PTE_PRESENT | UB_PTE_WRITABLE | UB_PTE_USER | UB_PTE_TOUCHED | UB_PTE_OWNED |
                         UB_PTE_NO_EXECUTE
                   : 0;
    return frame;
}
