/*
 * The program's address space: areas, filled with frames when first touched. Page tables say what is there
 * already: frames of this process, or an area's backing itself, which a private area maps read-only and
 * copies on write.
 */
#include "libos.h"

#define FAULT_AROUND (16 * UB_PAGE)
#define BACKED_AROUND (64 * UB_PAGE) /* pages that only have to be mapped are cheap */
#define COPY_AROUND (8 * UB_PAGE)
#define THAW_AROUND (16u * UB_PAGE)
#define EAGER_BYTES (4UL << 20)

static MEMORY_STATE bool fork_advised; /* some area may be UB_AREA_NO_FORK or UB_AREA_WIPED */

static u64 entry_bits(u32 prot)
{
    u64 bits = UB_PTE_USER | UB_PTE_TOUCHED | UB_PTE_OWNED;
    if (prot & (PROT_READ | PROT_WRITE | PROT_EXEC))
        bits |= UB_PTE_PRESENT;
    if (prot & PROT_WRITE)
        bits |= UB_PTE_WRITABLE;
    if (!(prot & PROT_EXEC))
        bits |= UB_PTE_NO_EXECUTE;
    return bits;
}

/* The first page-table entry at or above *address that may hold something; skips what has no page table. */
static u64 *next_entry(u64 *address, u64 end)
{
    while (*address < end) {
        u64 *entry = page_entry(*address, false);
        if (entry)
            return entry;
        *address = (*address + UB_LARGE_PAGE) & ~(u64)(UB_LARGE_PAGE - 1);
    }
    return 0;
}

void memory_discard(u64 start, u64 end)
{
    bool flush = false;
    frames_fall();
    for (u64 address = start, *entry; address < end; address += UB_PAGE) {
        if (!(address & (UB_LARGE_PAGE - 1)) && end - address >= UB_LARGE_PAGE && unmap_frozen(address)) {
            address += UB_LARGE_PAGE - UB_PAGE;
            continue;
        }
        if (!(entry = page_entry(address, false))) {
            address = (address | (UB_LARGE_PAGE - 1)) + 1 - UB_PAGE;
            continue;
        }
        if (*entry & UB_PTE_OWNED) {
            flush |= *entry & UB_PTE_PRESENT;
            u64 frame = *entry & UB_PTE_FRAME;
            bool shared = *entry & UB_PTE_FROZEN;
            *entry = 0;
            if (shared)
                frame_release(frame);
            else if (frame < UB_GPA_LIBOS)
                frame_free(frame);
        }
    }
    if (flush)
        flush_pages(start, end);
}

static bool slot_used(u64 slot)
{
    u64 low = UB_GPA_WINDOW + slot * UB_SEGMENT_BYTES, high = low + UB_SEGMENT_BYTES;
    for (u64 i = 0; i < area_count; i++)
        if (areas[i].backing && areas[i].backing < high &&
            areas[i].backing + (areas[i].end - areas[i].start) > low)
            return true;
    return false;
}

/*
 * What a shared mapping leaves of its last slot is for the next small ones, as long as nobody else has the
 * slot: until a fork. Where in the ring window the next one may begin; 0: nowhere.
 */
static MEMORY_STATE u64 slot_rest;

void slots_shared(void)
{
    slot_rest = 0;
}

static void slot_left(u64 slot)
{
    if (slot_rest && (slot_rest - 1) / UB_SEGMENT_BYTES == slot)
        slot_rest = 0;
}

static u64 room_behind(u64 at)
{
    return at ? (UB_SEGMENT_BYTES - at % UB_SEGMENT_BYTES) % UB_SEGMENT_BYTES : 0;
}

/* Zeroed memory in the ring window: where it is there, or -errno. */
long shared_memory(u64 bytes)
{
    u64 slots = (bytes + UB_SEGMENT_BYTES - 1) / UB_SEGMENT_BYTES;
    long at = (long)slot_rest;
    if (bytes > room_behind(slot_rest)) {
        long first = slots > UB_WINDOW_SLOTS ? -ENOMEM : HC1(UB_HC_SHARE, slots);
        if (first < 0)
            return first;
        at = first * UB_SEGMENT_BYTES;
        if (room_behind((u64)at + bytes) <= room_behind(slot_rest))
            return at;
    }
    slot_rest = (u64)at + bytes;
    return at;
}

/* A slot that no area shows is the process's no more. */
static void slot_leave(u64 slot)
{
    if (slot_used(slot))
        return;
    slot_left(slot);
    HC1(UB_HC_SEGMENT_CLOSE, slot);
}

bool memory_unmap(u64 start, u64 end)
{
    u64 closing[UB_WINDOW_SLOTS / 64] = {0};
    bool any = false;
    if (!areas_split(start) || !areas_split(end))
        return false;
    u64 index = area_after(start);
    while (index < area_count && areas[index].start < end) {
        struct ub_area old = areas[index];
        area_delete(index);
        for (u64 at = old.backing; at && at < old.backing + (old.end - old.start);
             at = (at | (UB_SEGMENT_BYTES - 1)) + 1) {
            u64 slot = (at - UB_GPA_WINDOW) / UB_SEGMENT_BYTES;
            closing[slot / 64] |= 1UL << slot % 64;
            any = true;
        }
    }
    memory_discard(start, end);
    for (u64 slot = 0; any && slot < UB_WINDOW_SLOTS; slot++)
        if (closing[slot / 64] >> slot % 64 & 1)
            slot_leave(slot);
    return true;
}

/* What lies in slots, from slot * UB_SEGMENT_BYTES on, has been unmapped, or never was mapped. */
void forget_slots(u64 at, u64 bytes)
{
    for (u64 slot = at / UB_SEGMENT_BYTES; slot <= (at + bytes - 1) / UB_SEGMENT_BYTES; slot++)
        slot_leave(slot);
}

static bool fill(u64 address, u64 *entry, u32 prot)
{
    u64 frame = frame_allocate();
    if (!frame)
        return false;
    page_set(address, entry, frame | entry_bits(prot));
    return true;
}

static u64 backed_bits(const struct ub_area *area)
{
    u64 bits = entry_bits(area->prot);
    return area->flags & UB_AREA_SHARED ? bits : bits & ~UB_PTE_WRITABLE;
}

/* Maps what is behind part of an area, as far as there is something and nothing is mapped yet. */
static bool populate(const struct ub_area *area, u64 start, u64 end)
{
    if (end > area->valid_end)
        end = area->valid_end;
    for (u64 at = start; at < end; at += UB_PAGE) {
        u64 *entry = page_entry(at, true);
        if (!entry)
            return false;
        if (!(*entry & UB_PTE_OWNED))
            *entry = (area->backing + (at - area->start)) | backed_bits(area);
    }
    return true;
}

static bool copy_page(u64 *entry, u64 page, u32 prot)
{
    bool dirty;
    u64 old = *entry, frame = frame_take(&dirty);
    if (!frame)
        return false;
    const void *from =
        old & UB_PTE_FROZEN ? (const void *)(UB_DIRECT_MAP + (old & UB_PTE_FRAME)) : (const void *)page;
    memcpy((void *)(UB_DIRECT_MAP + frame), from, UB_PAGE);
    page_set(page, entry, frame | entry_bits(prot));
    if (old & UB_PTE_FROZEN)
        frame_drop(old & UB_PTE_FRAME);
    return true;
}

static void clip(const struct ub_area *area, u64 *low, u64 *high)
{
    if (*low < area->start)
        *low = area->start;
    if (*high > area->end)
        *high = area->end;
}

static bool is_foreign(u64 entry)
{
    return (entry & UB_PTE_OWNED) && (entry & UB_PTE_FRAME) >= UB_GPA_LIBOS;
}

/* A write to a page that a private area shares: it and its neighbours become the process's own. */
static bool copy_on_write(const struct ub_area *area, u64 page)
{
    u64 low = page & ~(u64)(COPY_AROUND - 1), high = low + COPY_AROUND;
    if (!copy_page(page_entry(page, false), page, area->prot))
        return false;
    if (!area->backing) { /* program text: one page is all that is wanted */
        translations_moved(page, page + UB_PAGE, false);
        return true;
    }
    clip(area, &low, &high);
    for (u64 at = low, *entry; (entry = next_entry(&at, high)); at += UB_PAGE)
        if (is_foreign(*entry) && !copy_page(entry, at, area->prot))
            break;
    translations_moved(low, high, true);
    return true;
}

static u32 thaws; /* faults since the last fork */

void memory_frozen(void)
{
    thaws = 0;
}

/* A frozen page is written to. The frame is nobody else's by now, or it is copied. */
static bool thaw_page(const struct ub_area *area, u64 *entry, u64 page)
{
    if (!frame_writable(*entry & UB_PTE_FRAME))
        return copy_page(entry, page, area->prot);
    *entry = (*entry & UB_PTE_FRAME) | entry_bits(area->prot);
    return true;
}

/*
 * A write to a page that a child or parent may share since a fork. Its neighbours are copied with it, because
 * a fault costs as much as some fifty copies: few at first, up to 2 MB for who goes on writing everywhere.
 */
static bool thaw_pages(const struct ub_area *area, u64 page)
{
    u32 doublings = thaws++ / 64, around = THAW_AROUND << (doublings < 5 ? doublings : 5);
    u64 low = page & ~(u64)(around - 1), high = low + around, *entry = page_entry(page, false);
    if (!thaw_page(area, entry, page))
        return false;
    clip(area, &low, &high);
    if (frames_free() < around / UB_PAGE)
        low = page, high = page + UB_PAGE;
    entry -= (page - low) / UB_PAGE;
    for (u64 at = low; at < high; at += UB_PAGE, entry++)
        if ((*entry & UB_PTE_FROZEN) && !thaw_page(area, entry, at))
            break;
    translations_moved(low, high, false);
    return true;
}

/* The file behind an area may have grown since it was mapped. */
static void look_for_more(struct ub_area *area)
{
    u64 bytes = area->end - area->start;
    long there = hypercall(UB_HC_MAP, UB_CWD, area->backing - UB_GPA_WINDOW, bytes, 0, 0, 0);
    if (there > 0)
        area->valid_end = area->start + page_up((u64)there);
}

static enum memory_verdict fault_backed(struct ub_area *area, u64 page, bool writing)
{
    if (page >= area->valid_end)
        look_for_more(area);
    if (page >= area->valid_end)
        return MEMORY_BEYOND_FILE;
    u64 low = page & ~(u64)(BACKED_AROUND - 1), high = low + BACKED_AROUND;
    clip(area, &low, &high);
    if (!populate(area, low, high) ||
        (writing && !(area->flags & UB_AREA_SHARED) && !copy_on_write(area, page)))
        return MEMORY_EXHAUSTED;
    return MEMORY_RETRY;
}

/* How far the stack may grow down. */
static u64 stack_end(void)
{
    u64 limit = limits[RLIMIT_STACK].current, most = UB_STACK_TOP - UB_MMAP_HIGH - UB_LARGE_PAGE;
    return UB_STACK_TOP - (limit < most ? limit : most);
}

/* A page fault at CPL 3. */
enum memory_verdict memory_fault(u64 address, u64 error)
{
    ub_counters.faults++;
    u64 index = area_after(address);
    if (index == area_count)
        return MEMORY_REFUSED;
    struct ub_area *area = &areas[index];
    if (address < area->start) {
        /* Below the stack: it grows, as far as its limit. */
        if (!(area->flags & UB_AREA_STACK) || address < stack_end() ||
            (index > 0 && areas[index - 1].end + UB_PAGE > address))
            return MEMORY_REFUSED;
        area->start = address & ~(u64)(UB_PAGE - 1);
    }
    bool writing = error & 2;
    u32 needed = error & 16 ? PROT_EXEC : writing ? PROT_WRITE : PROT_READ | PROT_EXEC | PROT_WRITE;
    if (!(area->prot & needed))
        return MEMORY_REFUSED;
    u64 page = address & ~(u64)(UB_PAGE - 1);
    u64 *entry = page_entry(page, true);
    if (!entry) {
        HC1(UB_HC_GROW, ub_control.ram_max + UB_PAGE); /* no page tables are left; the monitor says so */
        return MEMORY_EXHAUSTED;
    }
    if (*entry & UB_PTE_OWNED) {
        if (writing && !(*entry & UB_PTE_WRITABLE) &&
            !(*entry & UB_PTE_FROZEN ? thaw_pages(area, page)
              : is_foreign(*entry)   ? copy_on_write(area, page)
                                     : true))
            return MEMORY_EXHAUSTED;
        return MEMORY_RETRY; /* or the fault crossed a change of permission; the entry allows the access by
                                now */
    }
    if (area->backing)
        return fault_backed(area, page, writing);
    if (!fill(page, entry, area->prot))
        return MEMORY_EXHAUSTED; /* the monitor knows and says so */
    /* Neighbours will be wanted too, and a fault costs as much as many pages: take the rest of the aligned
     * block. */
    u64 low = page & ~(u64)(FAULT_AROUND - 1), high = low + FAULT_AROUND;
    clip(area, &low, &high);
    if (area->flags & UB_AREA_STACK)
        low = page - 3 * UB_PAGE < area->start ? area->start : page - 3 * UB_PAGE;
    for (u64 other = low; other < high; other += UB_PAGE) {
        u64 *neighbour = entry + ((int64_t)(other - page) >> 12);
        if (other >> 21 == page >> 21 && !(*neighbour & UB_PTE_OWNED) && !fill(other, neighbour, area->prot))
            break;
    }
    return MEMORY_RETRY;
}

/* The slots of shared memory behind an address, as slot * UB_SEGMENT_BYTES + offset; ~0: it is private. */
u64 memory_shared(u64 address)
{
    u64 index = area_after(address);
    if (index == area_count || areas[index].start > address || !(areas[index].flags & UB_AREA_SHARED))
        return ~0UL;
    return areas[index].backing - UB_GPA_WINDOW + (address - areas[index].start);
}

bool memory_mapped(u64 address)
{
    u64 index = area_after(address);
    return index < area_count && areas[index].start <= address;
}

void memory_start(void)
{
    frames_start();
    areas_start();
    fork_advised = false;
    for (u64 i = 0; i < ub_control.area_count; i++)
        area_add_anonymous(ub_control.areas[i].start, ub_control.areas[i].end, ub_control.areas[i].prot, 0);
    area_add_anonymous(UB_STACK_TOP - 32 * UB_PAGE, UB_STACK_TOP, PROT_READ | PROT_WRITE, UB_AREA_STACK);
}

/* An area that has a backing; the first pages of a large one are mapped. */
bool memory_map(struct ub_area area)
{
    if (!area_add(area))
        return false;
    u64 bytes = area.end - area.start, end = area.start + (bytes < EAGER_BYTES ? bytes : BACKED_AROUND);
    bool whole = populate(&area, area.start, end);
    translations_ahead(area.start, end);
    return whole;
}

/* The entries of an area get the rights that it has by now. Whether a page was there. */
bool memory_protect(const struct ub_area *area)
{
    bool present = false;
    for (u64 at = area->start, *entry; (entry = next_entry(&at, area->end)); at += UB_PAGE)
        if (*entry & UB_PTE_OWNED) {
            present |= *entry & UB_PTE_PRESENT;
            *entry = (*entry & (UB_PTE_FRAME | UB_PTE_FROZEN)) |
                     (is_foreign(*entry)       ? backed_bits(area)
                      : *entry & UB_PTE_FROZEN ? entry_bits(area->prot) & ~UB_PTE_WRITABLE
                                               : entry_bits(area->prot));
        }
    return present;
}

/* What is at one address is at another one afterwards; false: no memory for page tables. */
bool memory_move(u64 from, u64 to, u64 bytes)
{
    for (u64 at = from, *entry; (entry = next_entry(&at, from + bytes)); at += UB_PAGE) {
        if (!(*entry & UB_PTE_OWNED))
            continue;
        u64 *target = page_entry(to + (at - from), true);
        if (!target)
            return false;
        page_set(to + (at - from), target, *entry);
        *entry = 0;
    }
    flush_pages(from, from + bytes);
    return true;
}

/* What a child is to have of a range. */
long memory_advise_fork(u64 address, u64 end, u32 set, u32 clear)
{
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if (set == UB_AREA_WIPED && (areas[i].backing || (areas[i].flags & UB_AREA_SHARED)))
            return -EINVAL;
    if (!areas_split(address) || !areas_split(end))
        return -ENOMEM;
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        areas[i].flags = (areas[i].flags & ~clear) | set;
    fork_advised = true;
    return 0;
}

/* In a forked child: what its parent did not want it to have goes. */
void memory_forked(void)
{
    for (u64 i = 0; fork_advised && i < area_count;) {
        struct ub_area area = areas[i];
        if (area.flags & UB_AREA_WIPED)
            memory_discard(area.start, area.end);
        if (!(area.flags & UB_AREA_NO_FORK) || !memory_unmap(area.start, area.end))
            i++;
    }
}
