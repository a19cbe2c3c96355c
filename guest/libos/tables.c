/* Page tables: walking and making them. All of them, and all frames, are reached through the direct map. */
#include "libos.h"

_Static_assert(sizeof(struct ub_control) <= UB_PAGE && sizeof(struct ub_counters) <= UB_PAGE &&
                   sizeof(struct ub_trap) <= UB_PAGE - 64,
               "one page each");

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
u64 table_of_region(u64 left)
{
    u64 table = ub_control.tables_next;
    if (table + left * UB_PAGE >= ub_control.tables_base + UB_TABLES_SIZE)
        return 0;
    ub_control.tables_next = table + UB_PAGE;
    zero_page(direct(table));
    return table;
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

u64 page_peek(u64 address)
{
    u64 *slot = directory_entry(address, false);
    return slot && has_table(*slot) ? ((u64 *)direct(*slot & UB_PTE_FRAME))[address >> 12 & 511] : 0;
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
