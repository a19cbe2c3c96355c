/*
 * Frames: the pages behind a program's addresses. The first few megabytes are the process's private memory,
 * which fork copies. Further ones come from extents, which fork shares: both sides then copy a page before
 * they write to it. So fork does not take longer for a large heap.
 */
#include "libos.h"

#define RECLAIM_LEAST 1024 /* frames; it looks at all page tables, for each extent */

static MEMORY_STATE u64 free_list; /* private frames given back, linked through their first word */
static MEMORY_STATE u64 free_count;

static MEMORY_STATE struct {
    u64 free;  /* frames given back */
    u32 spare; /* so many */
    u32 pages; /* that page tables of this process refer to, and page tables themselves */
    bool mine; /* opened by this process: frames may be taken from it */
} extents[UB_EXTENTS];
static MEMORY_STATE u64 extents_free;            /* frames in all their lists */
static MEMORY_STATE u64 tables_next, tables_end; /* frames kept for page tables */

static u64 pop(u64 *list)
{
    u64 frame = *list;
    *list = *(u64 *)direct(frame);
    return frame;
}

static void push(u64 *list, u64 frame)
{
    *(u64 *)direct(frame) = *list;
    *list = frame;
}

static bool is_extent(u64 frame)
{
    return frame >= UB_GPA_EXTENTS && frame < UB_GPA_LIBOS;
}

static u32 extent_of(u64 frame)
{
    static u32 last;
    const struct ub_extent *all = ub_control.extents;
    if (frame - all[last].start < all[last].end - all[last].start)
        return last;
    for (u32 i = 0; i < UB_EXTENTS; i++)
        if (frame - all[i].start < all[i].end - all[i].start)
            return last = i;
    return last; /* cannot be: entries name frames that the process holds */
}

bool frame_writable(u64 frame)
{
    return !is_extent(frame) || ub_control.extents[extent_of(frame)].exclusive;
}

static u64 frames_used(void)
{
    u64 kept = (tables_end - tables_next) / UB_PAGE;
    return ub_control.frames_next / UB_PAGE - free_count + ub_control.extent_pages + kept;
}

u64 frames_free(void)
{
    u64 most = ub_control.ram_max / UB_PAGE, used = frames_used();
    return used < most ? most - used : 0;
}

void frames_fall(void)
{
    u64 used = frames_used();
    if (used > ub_control.frames_most)
        ub_control.frames_most = used;
}

/* Private memory, up to a limit that the monitor moves. */
static u64 private_frame(u64 limit, bool *dirty)
{
    *dirty = true;
    if (free_list) {
        free_count--;
        return pop(&free_list);
    }
    u64 frame = ub_control.frames_next;
    if (frame + UB_PAGE > limit)
        return 0;
    ub_control.frames_next = frame + UB_PAGE;
    *dirty = frame < ub_control.clean_from;
    return frame;
}

static bool holds(u32 i, u64 address)
{
    const struct ub_extent *extent = &ub_control.extents[i];
    return address - extent->start < extent->end - extent->start;
}

/* Nothing in it is in use, and it is not where frames come from just now. */
static bool is_empty(u32 i)
{
    return extents[i].mine && !extents[i].pages && ub_control.extents[i].end &&
           !holds(i, ub_control.run_next) && !holds(i, tables_next);
}

static void forget_spare(u32 i)
{
    extents_free -= extents[i].spare;
    extents[i].free = extents[i].spare = 0;
}

/* One that this process emptied while children could still see it, or a new one. */
static bool extent_open(void)
{
    for (u32 i = 0; i < UB_EXTENTS; i++)
        if (is_empty(i) && ub_control.extents[i].exclusive) {
            forget_spare(i);
            ub_control.run_next = ub_control.extents[i].start;
            ub_control.run_clean = ub_control.run_end = ub_control.extents[i].end;
            flush_all(); /* pages that were copied before they were written to may still be read where they
                            were */
            return true;
        }
    long opened = HC0(UB_HC_EXTENT);
    if (opened < 0)
        return false;
    extents[opened].free = extents[opened].spare = extents[opened].pages = 0;
    extents[opened].mine = true;
    return direct_map_extend(ub_control.run_next, ub_control.run_end);
}

static u64 in_use(u64 frame)
{
    extents[extent_of(frame)].pages++;
    ub_control.extent_pages++;
    return frame;
}

static void give_back(u32 i, u64 frame)
{
    push(&extents[i].free, frame);
    extents[i].spare++;
    extents_free++;
}

/* Frames that this process dropped while a child could still see them. */
static u64 lost_of(u32 i)
{
    const struct ub_extent *extent = &ub_control.extents[i];
    if (!extents[i].mine || !extent->exclusive || is_empty(i))
        return 0;
    u64 kept = (holds(i, tables_next) ? tables_end - tables_next : 0) +
               (holds(i, ub_control.run_next) ? ub_control.run_end - ub_control.run_next : 0);
    return (extent->end - extent->start - kept) / UB_PAGE - extents[i].pages - extents[i].spare;
}

static u64 *marks; /* a bit for each frame of the extent that is swept */
static u64 marked_start, marked_end;

static void mark(u64 frame)
{
    if (frame - marked_start < marked_end - marked_start) {
        u64 number = (frame - marked_start) / UB_PAGE;
        marks[number / 64] |= 1UL << (number % 64);
    }
}

static void mark_table(u64 *slot, u64 address)
{
    u64 table = *slot & UB_PTE_FRAME, *entries = direct(table);
    mark(table);
    for (u32 i = 0; i < 512; i++)
        if (entries[i] & UB_PTE_OWNED)
            mark(entries[i] & UB_PTE_FRAME);
}

static bool sweep(u32 i)
{
    u64 page = frame_allocate_private();
    if (!page)
        return false;
    marks = direct(page);
    marked_start = ub_control.extents[i].start;
    marked_end = ub_control.extents[i].end;
    tables_visit(mark_table);
    extents_free -= extents[i].spare;
    extents[i].free = extents[i].spare = 0;
    for (u64 frame = marked_start; frame < marked_end; frame += UB_PAGE) {
        u64 number = (frame - marked_start) / UB_PAGE;
        if (!(marks[number / 64] >> (number % 64) & 1) && frame - tables_next >= tables_end - tables_next &&
            frame - ub_control.run_next >= ub_control.run_end - ub_control.run_next)
            give_back(i, frame);
    }
    frame_free(page);
    return true;
}

/*
 * Before fork: takes back what was lost once that is much. Who forks again and again and writes while its
 * children live would lose more and more.
 */
void frames_reclaim(void)
{
    u64 lost = 0;
    for (u32 i = 0; i < UB_EXTENTS; i++)
        lost += lost_of(i);
    if (lost < RECLAIM_LEAST || lost < ub_control.extent_pages / 2)
        return;
    for (u32 i = 0; i < UB_EXTENTS; i++)
        if (lost_of(i) && !sweep(i))
            break;
    flush_all(); /* pages that were copied before they were written to may still be read where they were */
}

static u64 extent_frame(bool *dirty)
{
    if (frames_used() >= ub_control.ram_max / UB_PAGE) {
        HC1(UB_HC_GROW, ub_control.ram_max + UB_PAGE); /* refused; the monitor says why */
        return 0;
    }
    u64 frame = 0;
    *dirty = true;
    for (u32 i = 0; extents_free && !frame; i++)
        if (extents[i].free) {
            frame = pop(&extents[i].free);
            extents[i].spare--;
            extents_free--;
        }
    if (!frame) {
        if (ub_control.run_next == ub_control.run_end && !extent_open())
            return 0;
        frame = ub_control.run_next;
        ub_control.run_next += UB_PAGE;
        *dirty = frame < ub_control.run_clean;
    }
    return in_use(frame);
}

bool frames_from_extents(void)
{
    return !free_list && ub_control.frames_next >= ub_control.small_limit;
}

/* For the program; what is in it may be anything. */
u64 frame_take(bool *dirty)
{
    u64 frame = private_frame(ub_control.small_limit, dirty);
    return frame ? frame : extent_frame(dirty);
}

u64 frame_allocate(void)
{
    bool dirty;
    u64 frame = frame_take(&dirty);
    if (frame && dirty)
        zero_page(direct(frame));
    return frame;
}

/*
 * For page tables, which are shared with children like the frames that they name. They have 2 MB to
 * themselves: KVM without hardware page-table walks cannot map 2 MB as one page if a page table is in it.
 */
u64 frame_of_extent(void)
{
    if (tables_next == tables_end) {
        while (ub_control.run_end < ub_control.run_next + UB_LARGE_PAGE) {
            while (ub_control.run_next < ub_control.run_end) {
                u64 rest = in_use(ub_control.run_next);
                ub_control.run_next += UB_PAGE;
                frame_free(rest);
            }
            if (!extent_open())
                return 0;
        }
        tables_end = ub_control.run_end;
        tables_next = ub_control.run_end -= UB_LARGE_PAGE;
    }
    u64 frame = tables_next;
    tables_next += UB_PAGE;
    zero_page(direct(frame));
    return in_use(frame);
}

/* For the library OS itself, which cannot wait for a copy. */
u64 frame_allocate_private(void)
{
    bool dirty;
    u64 frame = private_frame(ub_control.ram_limit, &dirty);
    if (!frame) {
        u64 old = ub_control.ram_limit;
        if (HC1(UB_HC_GROW, ub_control.frames_next + UB_PAGE) < 0 || ub_control.ram_limit <= old)
            return 0;
        frame = private_frame(ub_control.ram_limit, &dirty);
    }
    if (frame && dirty)
        zero_page(direct(frame));
    return frame;
}

/*
 * Empty extents are kept as long as they are not more than what is in use: closing one makes KVM drop all its
 * shadow page tables.
 */
static void close_empty(u32 last)
{
    u64 bytes = 0;
    for (u32 i = 0; i < UB_EXTENTS; i++)
        if (is_empty(i))
            bytes += ub_control.extents[i].end - ub_control.extents[i].start;
    if (extents[last].mine && (!is_empty(last) || bytes <= ub_control.extent_pages * UB_PAGE))
        return;
    forget_spare(last);
    extents[last].mine = false;
    HC1(UB_HC_EXTENT_CLOSE, last);
}

/* The process refers to a frame no more that it may share with others. */
void frame_drop(u64 frame)
{
    if (!is_extent(frame))
        return;
    u32 i = extent_of(frame);
    ub_control.extent_pages--;
    if (--extents[i].pages == 0)
        close_empty(i);
}

void frame_free(u64 frame)
{
    if (!is_extent(frame)) {
        push(&free_list, frame);
        free_count++;
    } else if (!extents[extent_of(frame)].mine) {
        frame_drop(frame);
    } else {
        u32 i = extent_of(frame);
        give_back(i, frame);
        ub_control.extent_pages--;
        if (--extents[i].pages == 0)
            close_empty(i);
    }
}

/* The same for one that was frozen: it is free if nobody holds its extent any more that could see it. */
void frame_release(u64 frame)
{
    if (frame_writable(frame))
        frame_free(frame);
    else
        frame_drop(frame);
}

/* A new program: the monitor laid out its frames, none was given back yet, and it holds no extents. */
void frames_start(void)
{
    free_list = free_count = extents_free = tables_next = tables_end = ub_control.frames_most = 0;
    memset(extents, 0, sizeof extents);
}

/* A forked child sees its parent's extents, but takes nothing from them. */
void frames_forked(void)
{
    for (u32 i = 0; i < UB_EXTENTS; i++) {
        extents[i].mine = false;
        extents[i].free = extents[i].spare = 0;
    }
    extents_free = tables_next = tables_end = 0;
}
