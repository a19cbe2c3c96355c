/* Frames of private memory and the page tables that map them. All of both is reached through the direct map.
 */
#include "libos.h"

_Static_assert(offsetof(struct ub_control, pending) == 12, "entry.S: CONTROL_PENDING");
_Static_assert(offsetof(struct ub_control, fork_rsp) == 96, "entry.S: CONTROL_FORK_RSP");
_Static_assert(offsetof(struct ub_trap, frames) == 16, "entry.S: TRAP_FRAMES");
_Static_assert(sizeof(struct trap_frame) == 168, "entry.S: FRAME_SIZE");
_Static_assert(offsetof(struct trap_frame, vector) == 144, "entry.S: F_VECTOR");
_Static_assert(offsetof(struct ub_registers, rip) == 128, "entry.S: R_RIP");
_Static_assert(sizeof(struct ub_control) <= UB_PAGE && sizeof(struct ub_counters) <= UB_PAGE &&
                   sizeof(struct ub_trap) <= UB_PAGE - 64,
               "one page each");

_Static_assert(offsetof(struct ub_control, tables_base) == 584, "entry.S: CONTROL_TABLES");

static u64 free_list; /* frames given back, linked through their first word */
static u64 free_count;

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
 * the library OS as all do: makes the tables what they should be, and switches to them.
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

/* Page tables have a region of their own, where the monitor finds and compares them; a huge heap overflows
 * it. */
static u64 table_allocate(void)
{
    u64 table = ub_control.tables_next;
    if (table < ub_control.tables_base + UB_TABLES_SIZE) {
        ub_control.tables_next = table + UB_PAGE;
        zero_page(direct(table));
        return table;
    }
    ub_control.tables_elsewhere++;
    return frame_allocate();
}

/* The direct map is made of large pages; one page of page-directory entries covers 1 GB and the monitor made
 * the first. */
static bool direct_map_extend(u64 limit)
{
    for (u64 gigabyte = 1; gigabyte << 30 < limit; gigabyte++) {
        u64 *root = direct(ub_control.tables_base);
        u64 *directory_pointers = direct(root[UB_DIRECT_MAP >> 39 & 511] & PAGE_FRAME);
        u64 *slot = &directory_pointers[(UB_DIRECT_MAP >> 30 & 511) + gigabyte];
        if (*slot & PAGE_PRESENT)
            continue;
        u64 page = table_allocate();
        if (!page)
            return false;
        u64 *directory = direct(page);
        for (u64 i = 0; i < 512; i++)
            directory[i] = ((gigabyte << 30) + (i << 21)) | PAGE_PRESENT | PAGE_WRITE | PAGE_USER |
                           PAGE_TOUCHED | 0x80 | PAGE_NO_EXECUTE;
        *slot = page | PAGE_PRESENT | PAGE_WRITE | PAGE_USER | PAGE_TOUCHED;
    }
    return true;
}

u64 frame_allocate(void)
{
    u64 frame = free_list;
    if (frame) {
        free_list = *(u64 *)direct(frame);
        free_count--;
        zero_page(direct(frame));
        return frame;
    }
    frame = ub_control.frames_next;
    if (frame + UB_PAGE > ub_control.ram_limit) {
        u64 old = ub_control.ram_limit;
        if (HC1(UB_HC_GROW, frame + UB_PAGE) < 0 || ub_control.ram_limit <= old)
            return 0;
    }
    ub_control.frames_next = frame + UB_PAGE;
    if (frame < ub_control.clean_from)
        zero_page(direct(frame));
    /* Frames stay below the mapped part of the direct map: extend it while the last mapped gigabyte still has
     * room. */
    if ((frame & ((1UL << 30) - 1)) == (1UL << 30) - (2UL << 20) && !direct_map_extend(frame + (1UL << 30)))
        return 0;
    return frame;
}

void frame_free(u64 frame)
{
    *(u64 *)direct(frame) = free_list;
    free_list = frame;
    free_count++;
}

/* A new program: the monitor laid out its frames, none was given back yet. */
void frames_start(void)
{
    free_list = free_count = 0;
}

u64 frames_free(void)
{
    return free_count + (ub_control.ram_max - ub_control.frames_next) / UB_PAGE;
}

u64 *page_entry(u64 address, bool create)
{
    u64 *table = direct(ub_control.tables_base);
    for (int shift = 39; shift > 12; shift -= 9) {
        u64 *slot = &table[address >> shift & 511];
        if (!(*slot & PAGE_PRESENT)) {
            if (!create)
                return 0;
            u64 page = table_allocate();
            if (!page)
                return 0;
            *slot = page | PAGE_PRESENT | PAGE_WRITE | PAGE_USER | PAGE_TOUCHED;
        }
        table = direct(*slot & PAGE_FRAME);
    }
    return &table[address >> 12 & 511];
}

bool private_page(u64 address)
{
    u64 *entry = page_entry(address, true);
    if (!entry || *entry & PAGE_OWNED)
        return entry;
    u64 frame = frame_allocate();
    *entry = frame
                 ? frame | PAGE_PRESENT | PAGE_WRITE | PAGE_USER | PAGE_TOUCHED | PAGE_OWNED | PAGE_NO_EXECUTE
                 : 0;
    return frame;
}

/* Entries that lost a permission must leave the TLB at once; each invlpg costs about 6 us without hardware
 * virtualisation. */
void flush_pages(u64 start, u64 end)
{
    if (end - start > 6 * UB_PAGE) {
        flush_all();
        return;
    }
    for (u64 address = start; address < end; address += UB_PAGE)
        flush_one(address);
}
