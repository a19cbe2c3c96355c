/* Page tables. All of them, and all frames, are reached through the direct map. */
#include "libos.h"

_Static_assert(sizeof(struct ub_control) <= UB_PAGE && sizeof(struct ub_counters) <= UB_PAGE &&
                   sizeof(struct ub_trap) <= UB_PAGE - 64,
               "one page each");

static inline void *direct(u64 frame)
{
    return (void *)(UB_DIRECT_MAP + frame);
}

void zero_page(void *page)
{
    u64 words = UB_PAGE / 8;
    __asm__ volatile("rep stosq" : "+D"(page), "+c"(words) : "a"(0L) : "memory");
}

/*
 * The first thing that runs in a forked child or a new program, maybe on older tables of this VM, which map
 * the library OS as all do: makes the tables what they should be, and switches to them. A CPU that walks the
 * tables itself then forgets what it saw of those of the process before, or of what a vfork child has
 * changed; so there it is always asked for.
 */
void tables_patch(void)
{
    const struct ub_patch *patches = (const struct ub_patch *)ub_bounce;
    if (!ub_control.tables_switch)
        return;
    for (u32 i = 0; i < ub_control.patch_count; i++)
        *(u64 *)direct(patches[i].address) = patches[i].entry;
    ub_control.tables_switch = ub_control.patch_count = 0;
    flush_all();
}

/* Page tables have a region of their own, where the monitor finds and compares them. */
static u64 table_of_region(u64 left)
{
    u64 table = ub_control.tables_next;
    if (table + left * UB_PAGE >= ub_control.tables_base + UB_TABLES_SIZE)
        return 0;
    ub_control.tables_next = table + UB_PAGE;
    zero_page(direct(table));
    return table;
}

#define TABLES_RESERVED 24 /* pages of the region for tables of tables, and for those of the library OS */

/* A table that names frames of extents is in an extent itself: fork shares it. */
static u64 leaf_table(u64 address)
{
    if (address >= UB_STACK_TOP)
        return table_of_region(0); /* the library OS's own */
    u64 table = frames_from_extents() ? 0 : table_of_region(TABLES_RESERVED);
    return table ? table : frame_of_extent();
}

/* The direct map is made of large pages; one page of page-directory entries covers 1 GB and the monitor made
 * the first. */
bool direct_map_extend(u64 start, u64 end)
{
    for (u64 gigabyte = start >> 30; gigabyte << 30 < end; gigabyte++) {
        u64 *root = direct(ub_control.tables_base);
        u64 *directory_pointers = direct(root[UB_DIRECT_MAP >> 39 & 511] & UB_PTE_FRAME);
        u64 *slot = &directory_pointers[(UB_DIRECT_MAP >> 30 & 511) + gigabyte];
        if (*slot & UB_PTE_PRESENT)
            continue;
        u64 page = table_of_region(0);
        if (!page)
            return false;
        u64 *directory = direct(page);
        for (u64 i = 0; i < 512; i++)
            directory[i] = ((gigabyte << 30) + (i << 21)) | UB_PTE_PRESENT | UB_PTE_WRITABLE | UB_PTE_USER |
                           UB_PTE_TOUCHED | 0x80 | UB_PTE_NO_EXECUTE;
        *slot = page | UB_PTE_PRESENT | UB_PTE_WRITABLE | UB_PTE_USER | UB_PTE_TOUCHED;
    }
    return true;
}

u64 *directory_entry(u64 address, bool create)
{
    u64 *table = direct(ub_control.tables_base);
    for (int shift = 39; shift > 21; shift -= 9) {
        u64 *slot = &table[address >> shift & 511];
        if (!(*slot & UB_PTE_PRESENT)) {
            u64 page = create ? table_of_region(0) : 0;
            if (!page)
                return 0;
            *slot = page | UB_PTE_PRESENT | UB_PTE_WRITABLE | UB_PTE_USER | UB_PTE_TOUCHED;
        }
        table = direct(*slot & UB_PTE_FRAME);
    }
    return &table[address >> 21 & 511];
}

/*
 * A frozen table that a child sees lies in memory that it may only read. Where the CPU walks the tables it
 * would write to them for all KVM knows, so there the monitor makes the child's entries not present: the CPU
 * meets no such table, and the first touch comes here, which reads it as data.
 */
static bool has_table(u64 entry)
{
    return entry & (UB_PTE_PRESENT | UB_PTE_FROZEN);
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

u64 page_peek(u64 address)
{
    u64 *slot = directory_entry(address, false);
    return slot && has_table(*slot) ? ((u64 *)direct(*slot & UB_PTE_FRAME))[address >> 12 & 511] : 0;
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

/* Of the program's part of the address space: directory entries of tables that may name frames of extents. */
void tables_visit(void (*visit)(u64 *slot, u64 address))
{
    u64 *root = direct(ub_control.tables_base);
    for (u32 i = 0; i < 256; i++) {
        u64 *pointers = direct(root[i] & UB_PTE_FRAME);
        for (u32 j = 0; (root[i] & UB_PTE_PRESENT) && j < 512; j++) {
            u64 *directory = direct(pointers[j] & UB_PTE_FRAME);
            for (u32 k = 0; (pointers[j] & UB_PTE_PRESENT) && k < 512; k++)
                if (directory[k] & UB_PTE_EXTENTS)
                    visit(&directory[k], (u64)i << 39 | (u64)j << 30 | (u64)k << 21);
        }
    }
}

#define FROZEN_RUNS 64 /* more than that, and all is flushed at once */

static u64 frozen_start, frozen_end; /* not flushed yet */
static u32 frozen_runs;

static void flush_frozen(void)
{
    if (frozen_end > frozen_start && ++frozen_runs <= FROZEN_RUNS)
        flush_pages(frozen_start, frozen_end);
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
    memory_frozen();
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
