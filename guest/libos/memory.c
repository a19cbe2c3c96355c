/*
 * The program's address space: areas (what may be touched, and how), filled with frames when first touched.
 * An area is anonymous memory, zero at first, or has a backing: memory of the monitor that lies in ring slots
 * (a file, or memory that processes share). Page tables say what is there already: frames of this process,
 * or the backing itself, which a private area maps read-only and copies on write.
 */
#include "libos.h"

struct area {
    u64 start, end; /* page aligned; start < end; sorted, disjoint */
    u32 prot;
    u32 flags;
    u64 backing;   /* guest-physical address of what is behind start, or 0 */
    u64 valid_end; /* address behind the last page that the backing has: the end of a file may come before */
    u64 spare[3];  /* no entry crosses a page */
};
_Static_assert(UB_PAGE % sizeof(struct area) == 0, "area_insert backs the table page by page");
#define AREA_STACK 1     /* grows down to the stack limit */
#define AREA_HEAP 2      /* what brk moves */
#define AREA_SHARED 4    /* writes reach the backing */
#define AREA_ATTACHED 16 /* a System V segment */
#define AREA_NO_FORK 32  /* a child does not have it: MADV_DONTFORK */
#define AREA_WIPED 64    /* a child has zeros there: MADV_WIPEONFORK */
#define AREA_READ_ONLY 8 /* and are not allowed, whatever mprotect says: the file is not open for writing */

#define table ((struct area *)UB_LIBOS_TABLES) /* sorted by address */
#define AREAS_MAX 32768
#define MEMORY_SLACK 64 /* pages for page tables and our own tables, which a grant of memory must leave */
#define FAULT_AROUND (16 * UB_PAGE)
#define BACKED_AROUND (64 * UB_PAGE) /* pages that only have to be mapped are cheap */
#define COPY_AROUND (8 * UB_PAGE)
#define THAW_AROUND (16u * UB_PAGE)
#define EAGER_BYTES (4UL << 20)
#define FILE_GAP \
    (16 * UB_PAGE) /* left free above a mapped file: the stubs of a library's system calls go there */

static MEMORY_STATE u64 area_count;
static MEMORY_STATE u64 areas_mapped; /* entries that have memory behind them */
static MEMORY_STATE u64 heap_start, heap_end;
static MEMORY_STATE bool fork_advised; /* some area may be AREA_NO_FORK or AREA_WIPED */
extern struct rlimit limits[];

static u64 page_up(u64 value)
{
    return (value + UB_PAGE - 1) & ~(u64)(UB_PAGE - 1);
}

static u64 entry_bits(u32 prot)
{
    u64 bits = PAGE_USER | PAGE_TOUCHED | PAGE_OWNED;
    if (prot & (PROT_READ | PROT_WRITE | PROT_EXEC))
        bits |= PAGE_PRESENT;
    if (prot & PROT_WRITE)
        bits |= PAGE_WRITE;
    if (!(prot & PROT_EXEC))
        bits |= PAGE_NO_EXECUTE;
    return bits;
}

/* Index of the first area that ends above the address; area_count if there is none. */
static u64 area_after(u64 address)
{
    u64 low = 0, high = area_count;
    while (low < high) {
        u64 middle = (low + high) / 2;
        if (table[middle].end > address)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool area_insert(u64 index, struct area area)
{
    if (area_count == areas_mapped) {
        if (area_count == AREAS_MAX || !private_page((u64)(table + areas_mapped)))
            return false;
        areas_mapped += UB_PAGE / sizeof(struct area);
    }
    for (u64 i = area_count; i > index; i--)
        table[i] = table[i - 1];
    table[index] = area;
    area_count++;
    return true;
}

static void area_delete(u64 index)
{
    area_count--;
    for (u64 i = index; i < area_count; i++)
        table[i] = table[i + 1];
}

static bool joins(const struct area *low, const struct area *high)
{
    return low->end == high->start && low->prot == high->prot && low->flags == high->flags && !low->backing &&
           !high->backing;
}

/* Joins an area with like neighbours, so that a growing heap stays one entry. */
static void area_merge(u64 index)
{
    if (index + 1 < area_count && joins(&table[index], &table[index + 1])) {
        table[index].end = table[index + 1].end;
        area_delete(index + 1);
    }
    if (index > 0 && index < area_count && joins(&table[index - 1], &table[index])) {
        table[index - 1].end = table[index].end;
        area_delete(index);
    }
}

static bool area_add(struct area area)
{
    u64 index = area_after(area.start);
    if (!area_insert(index, area))
        return false;
    area_merge(index);
    return true;
}

static bool area_anonymous(u64 start, u64 end, u32 prot, u32 flags)
{
    return area_add((struct area){.start = start, .end = end, .prot = prot, .flags = flags});
}

/* Whether that many bytes more are beyond RLIMIT_AS, or RLIMIT_DATA if they are private and writable. */
static bool over_limit(u64 bytes, bool data)
{
    u64 space = limits[RLIMIT_AS].current, most = data ? limits[RLIMIT_DATA].current : RLIM_INFINITY;
    u64 all = bytes, own = bytes;
    if (space == RLIM_INFINITY && most == RLIM_INFINITY)
        return false;
    for (u64 i = 0; i < area_count; i++) {
        u64 size = table[i].end - table[i].start;
        all += size;
        if ((table[i].prot & PROT_WRITE) && !(table[i].flags & (AREA_SHARED | AREA_STACK)))
            own += size;
    }
    return all > space || own > most;
}

/* Makes start and end borders between areas, so that a range can be changed area by area. */
static bool areas_split(u64 address)
{
    u64 index = area_after(address);
    if (index == area_count || table[index].start >= address)
        return true;
    struct area upper = table[index];
    upper.start = address;
    if (upper.backing)
        upper.backing += address - table[index].start;
    if (!area_insert(index + 1, upper))
        return false;
    table[index].end = address;
    return true;
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

static void unmap_frames(u64 start, u64 end)
{
    bool flush = false;
    for (u64 address = start, *entry; address < end; address += UB_PAGE) {
        if (!(address & (UB_LARGE_PAGE - 1)) && end - address >= UB_LARGE_PAGE && unmap_frozen(address)) {
            address += UB_LARGE_PAGE - UB_PAGE;
            continue;
        }
        if (!(entry = page_entry(address, false))) {
            address = (address | (UB_LARGE_PAGE - 1)) + 1 - UB_PAGE;
            continue;
        }
        if (*entry & PAGE_OWNED) {
            flush |= *entry & PAGE_PRESENT;
            u64 frame = *entry & PAGE_FRAME;
            bool shared = *entry & PAGE_FROZEN;
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
    u64 low = UB_GPA_RINGS + slot * UB_RING_STRIDE, high = low + UB_RING_STRIDE;
    for (u64 i = 0; i < area_count; i++)
        if (table[i].backing && table[i].backing < high &&
            table[i].backing + (table[i].end - table[i].start) > low)
            return true;
    return false;
}

static bool unmap(u64 start, u64 end)
{
    u64 closing[UB_RING_SLOTS / 64] = {0};
    bool any = false;
    if (!areas_split(start) || !areas_split(end))
        return false;
    u64 index = area_after(start);
    while (index < area_count && table[index].start < end) {
        struct area old = table[index];
        area_delete(index);
        for (u64 at = old.backing; at && at < old.backing + (old.end - old.start);
             at = (at | (UB_RING_STRIDE - 1)) + 1) {
            u64 slot = (at - UB_GPA_RINGS) / UB_RING_STRIDE;
            closing[slot / 64] |= 1UL << slot % 64;
            any = true;
        }
    }
    unmap_frames(start, end);
    for (u64 slot = 0; any && slot < UB_RING_SLOTS; slot++)
        if ((closing[slot / 64] >> slot % 64 & 1) && !slot_used(slot)) {
            HC2(UB_HC_PIPE_CLOSE, slot, UB_READER);
            HC2(UB_HC_PIPE_CLOSE, slot, UB_WRITER);
        }
    return true;
}

static bool fill(u64 address, u64 *entry, u32 prot)
{
    u64 frame = frame_allocate();
    if (!frame)
        return false;
    page_set(address, entry, frame | entry_bits(prot));
    return true;
}

static u64 backed_bits(const struct area *area)
{
    u64 bits = entry_bits(area->prot);
    return area->flags & AREA_SHARED ? bits : bits & ~PAGE_WRITE;
}

/* Maps what is behind part of an area, as far as there is something and nothing is mapped yet. */
static bool populate(const struct area *area, u64 start, u64 end)
{
    if (end > area->valid_end)
        end = area->valid_end;
    for (u64 at = start; at < end; at += UB_PAGE) {
        u64 *entry = page_entry(at, true);
        if (!entry)
            return false;
        if (!(*entry & PAGE_OWNED))
            *entry = (area->backing + (at - area->start)) | backed_bits(area);
    }
    return true;
}

/*
 * A page that is shared with others becomes this process's own. What it shows stays the same for now: where
 * KVM walks the tables nothing more is to do, because the write that follows faults there once more and KVM
 * then looks anew. A CPU that walks them may remember the old frame as one to read or execute, and write to
 * the new one.
 */
static void pages_moved(u64 start, u64 end)
{
    if (ub_system.nested_paging)
        flush_pages(start, end);
}

static bool copy_page(u64 *entry, u64 page, u32 prot)
{
    bool dirty;
    u64 old = *entry, frame = frame_take(&dirty);
    if (!frame)
        return false;
    const void *from =
        old & PAGE_FROZEN ? (const void *)(UB_DIRECT_MAP + (old & PAGE_FRAME)) : (const void *)page;
    memcpy((void *)(UB_DIRECT_MAP + frame), from, UB_PAGE);
    page_set(page, entry, frame | entry_bits(prot));
    if (old & PAGE_FROZEN)
        frame_drop(old & PAGE_FRAME);
    return true;
}

static void clip(const struct area *area, u64 *low, u64 *high)
{
    if (*low < area->start)
        *low = area->start;
    if (*high > area->end)
        *high = area->end;
}

static bool is_foreign(u64 entry)
{
    return (entry & PAGE_OWNED) && (entry & PAGE_FRAME) >= UB_GPA_LIBOS;
}

/* A write to a page that a private area shares: it and its neighbours become the process's own. */
static bool copy_on_write(const struct area *area, u64 page)
{
    u64 low = page & ~(u64)(COPY_AROUND - 1), high = low + COPY_AROUND;
    if (!copy_page(page_entry(page, false), page, area->prot))
        return false;
    if (!area->backing) { /* program text: one page is all that is wanted */
        pages_moved(page, page + UB_PAGE);
        return true;
    }
    clip(area, &low, &high);
    for (u64 at = low, *entry; (entry = next_entry(&at, high)); at += UB_PAGE)
        if (is_foreign(*entry) && !copy_page(entry, at, area->prot))
            break;
    pages_moved(low, high);
    return true;
}

static u32 thaws; /* faults since the last fork */

void memory_frozen(void)
{
    thaws = 0;
}

/* A frozen page is written to. The frame is nobody else's by now, or it is copied. */
static bool thaw_page(const struct area *area, u64 *entry, u64 page)
{
    if (!frame_writable(*entry & PAGE_FRAME))
        return copy_page(entry, page, area->prot);
    *entry = (*entry & PAGE_FRAME) | entry_bits(area->prot);
    return true;
}

/*
 * A write to a page that a child or parent may share since a fork. Its neighbours are copied with it, because
 * a fault costs as much as some fifty copies: few at first, up to 2 MB for who goes on writing everywhere.
 */
static bool thaw_pages(const struct area *area, u64 page)
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
        if ((*entry & PAGE_FROZEN) && !thaw_page(area, entry, at))
            break;
    pages_moved(low, high);
    return true;
}

static enum memory_verdict fault_backed(struct area *area, u64 page, bool writing)
{
    if (page >= area->valid_end)
        return MEMORY_BEYOND_FILE;
    u64 low = page & ~(u64)(BACKED_AROUND - 1), high = low + BACKED_AROUND;
    clip(area, &low, &high);
    if (!populate(area, low, high) || (writing && !(area->flags & AREA_SHARED) && !copy_on_write(area, page)))
        process_exit(SIGKILL);
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
    struct area *area = &table[index];
    if (address < area->start) {
        /* Below the stack: it grows, as far as its limit. */
        if (!(area->flags & AREA_STACK) || address < stack_end() ||
            (index > 0 && table[index - 1].end + UB_PAGE > address))
            return MEMORY_REFUSED;
        area->start = address & ~(u64)(UB_PAGE - 1);
    }
    bool writing = error & 2;
    u32 needed = error & 16 ? PROT_EXEC : writing ? PROT_WRITE : PROT_READ | PROT_EXEC | PROT_WRITE;
    if (!(area->prot & needed))
        return MEMORY_REFUSED;
    u64 page = address & ~(u64)(UB_PAGE - 1);
    u64 *entry = page_entry(page, true);
    if (!entry)
        return MEMORY_REFUSED;
    if (*entry & PAGE_OWNED) {
        if (writing && !(*entry & PAGE_WRITE) &&
            !(*entry & PAGE_FROZEN ? thaw_pages(area, page)
              : is_foreign(*entry) ? copy_on_write(area, page)
                                   : true))
            process_exit(SIGKILL);
        return MEMORY_RETRY; /* or the fault crossed a change of permission; the entry allows the access by
                                now */
    }
    if (area->backing)
        return fault_backed(area, page, writing);
    if (!fill(page, entry, area->prot))
        process_exit(SIGKILL); /* out of memory; the monitor knows and says so */
    /* Neighbours will be wanted too, and a fault costs as much as many pages: take the rest of the aligned
     * block. */
    u64 low = page & ~(u64)(FAULT_AROUND - 1), high = low + FAULT_AROUND;
    clip(area, &low, &high);
    if (area->flags & AREA_STACK)
        low = page - 3 * UB_PAGE < area->start ? area->start : page - 3 * UB_PAGE;
    for (u64 other = low; other < high; other += UB_PAGE) {
        u64 *neighbour = entry + ((int64_t)(other - page) >> 12);
        if (other >> 21 == page >> 21 && !(*neighbour & PAGE_OWNED) && !fill(other, neighbour, area->prot))
            break;
    }
    return MEMORY_RETRY;
}

/* The ring slots of shared memory behind an address, as slot * UB_RING_STRIDE + offset; ~0: it is private. */
u64 memory_shared(u64 address)
{
    u64 index = area_after(address);
    if (index == area_count || table[index].start > address || !(table[index].flags & AREA_SHARED))
        return ~0UL;
    return table[index].backing - UB_GPA_RINGS + (address - table[index].start);
}

bool memory_mapped(u64 address)
{
    u64 index = area_after(address);
    return index < area_count && table[index].start <= address;
}

void memory_start(void)
{
    frames_start();
    area_count = areas_mapped = 0;
    fork_advised = false;
    for (u64 i = 0; i < ub_control.area_count; i++)
        area_anonymous(ub_control.areas[i].start, ub_control.areas[i].end, ub_control.areas[i].prot, 0);
    heap_start = heap_end = ub_control.program_break;
    area_anonymous(UB_STACK_TOP - 32 * UB_PAGE, UB_STACK_TOP, PROT_READ | PROT_WRITE, AREA_STACK);
}

long sys_brk(u64 address)
{
    if (address < heap_start || address > UB_MMAP_LOW)
        return (long)heap_end;
    u64 old = page_up(heap_end), new = page_up(address);
    if (new > old) {
        u64 next = area_after(old);
        if ((next < area_count && table[next].start < new + UB_PAGE) ||
            (new - old) / UB_PAGE > frames_free() || over_limit(new - old, true))
            return (long)heap_end;
        if (!area_anonymous(old, new, PROT_READ | PROT_WRITE, AREA_HEAP))
            return (long)heap_end;
    } else if (new < old && !unmap(new, old)) {
        return (long)heap_end;
    }
    heap_end = address;
    return (long)heap_end;
}

/* The highest hole of that size below the limit, or 0. Our own windows lie in one of them. */
static u64 find_hole(u64 bytes)
{
    u64 top = UB_MMAP_HIGH;
    for (u64 i = area_count; top >= UB_MMAP_LOW + bytes; i--) {
        u64 bottom = i ? table[i - 1].end : 0;
        if (bottom <= UB_DIRECT_MAP && top >= UB_WINDOWS_END) {
            if (top - UB_WINDOWS_END >= bytes)
                return top - bytes;
            top = UB_DIRECT_MAP;
        }
        if (top >= bottom + bytes)
            return top - bytes;
        if (table[i - 1].start < top)
            top = table[i - 1].start;
    }
    return 0;
}

static bool is_ours(u64 start, u64 end)
{
    return end > UB_STACK_TOP || (start < UB_WINDOWS_END && end > UB_DIRECT_MAP);
}

static bool map_backed(struct area area)
{
    if (!area_add(area))
        return false;
    u64 bytes = area.end - area.start;
    return populate(&area, area.start, area.start + (bytes < EAGER_BYTES ? bytes : BACKED_AROUND));
}

/* Memory that children share. */
static long map_shared(u64 address, u64 bytes, u32 prot)
{
    u64 slots = (bytes + UB_RING_STRIDE - 1) / UB_RING_STRIDE;
    if (slots > UB_RING_SLOTS)
        return -ENOMEM;
    long first = HC1(UB_HC_SHARE, slots);
    if (first < 0)
        return first;
    struct area area = {.start = address,
                        .end = address + bytes,
                        .prot = prot,
                        .flags = AREA_SHARED,
                        .valid_end = address + bytes};
    area.backing = UB_GPA_RINGS + (u64)first * UB_RING_STRIDE;
    return map_backed(area) ? (long)address : -ENOMEM;
}

enum { NR_shmdt = 67 };

/* shmat with SHM_REMAP: what is there goes. */
long memory_make_room(u64 address, u64 length)
{
    u64 end = address + page_up(length);
    if (end < address || is_ours(address, end))
        return -EINVAL;
    for (u64 i = area_after(address); i < area_count && table[i].start < end; i++)
        if ((table[i].flags & AREA_ATTACHED) && table[i].start >= address && table[i].end <= end)
            hypercall(UB_HC_IPC, NR_shmdt, (table[i].backing - UB_GPA_RINGS) / UB_RING_STRIDE, 0, 0, 0, 0);
    return unmap(address, end) ? 0 : -ENOMEM;
}

/* shmat: shows a segment that lies in ring slots from the first one on. The address, or -errno. */
long memory_attach(u64 address, u64 length, u64 slot, u32 prot)
{
    u64 bytes = page_up(length), next = area_after(address);
    if (!address)
        address = find_hole(bytes);
    else if (is_ours(address, address + bytes) || address + bytes < address ||
             (next < area_count && table[next].start < address + bytes))
        return -EINVAL;
    struct area area = {.start = address,
                        .end = address + bytes,
                        .prot = prot,
                        .flags = AREA_SHARED | AREA_ATTACHED | (prot & PROT_WRITE ? 0 : AREA_READ_ONLY),
                        .backing = UB_GPA_RINGS + slot * UB_RING_STRIDE,
                        .valid_end = address + bytes};
    return address && map_backed(area) ? (long)address : -ENOMEM;
}

/* The first slot of the segment that is attached at an address; -EINVAL. */
long memory_attached(u64 address)
{
    u64 index = area_after(address);
    if (index == area_count || table[index].start != address || !(table[index].flags & AREA_ATTACHED) ||
        (table[index].backing & (UB_RING_STRIDE - 1)))
        return -EINVAL;
    return (long)((table[index].backing - UB_GPA_RINGS) / UB_RING_STRIDE);
}

/* shmdt: what is still mapped of the segment there goes. */
void memory_detach(u64 address, u64 length, u64 slot)
{
    u64 end = address + page_up(length);
    for (u64 at = address, i; at < end && (i = area_after(at)) < area_count && table[i].start < end;) {
        struct area area = table[i];
        at = area.end;
        if ((area.flags & AREA_ATTACHED) &&
            area.backing - UB_GPA_RINGS - slot * UB_RING_STRIDE == area.start - address)
            unmap(area.start, area.end);
    }
}

/* What the monitor says of a mapped file, in the bounce buffer. */
struct mapped_file {
    u64 size;
    u64 writable;
    u64 stubs,
        stub_bytes; /* of a library: where the stubs of its system calls are, as the result of UB_HC_MAP, */
    int64_t stubs_away; /* and how far behind what was mapped they must be seen */
};

/* The stubs of a library's system calls go where its patched code expects them, if there is room. */
static bool map_stubs(u64 address, const struct mapped_file *file)
{
    u64 start = address + (u64)file->stubs_away, end = start + file->stub_bytes;
    u64 next = area_after(start);
    if (!file->stub_bytes)
        return true;
    if (next < area_count && table[next].start < end)
        return table[next].backing == UB_GPA_RINGS + file->stubs; /* they are there already */
    return map_backed((struct area){.start = start,
                                    .end = end,
                                    .prot = PROT_READ | PROT_EXEC,
                                    .backing = UB_GPA_RINGS + file->stubs,
                                    .valid_end = end});
}

/* A file in ring slots: the address there, or -errno. */
static long file_memory(struct descriptor *d, u64 offset, u64 bytes, u32 prot, bool shared,
                        struct mapped_file *file)
{
    u64 kind = (shared ? UB_MAP_SHARED : 0) | (shared && (prot & PROT_WRITE) ? UB_MAP_WRITE : 0) |
               (!shared && (prot & PROT_EXEC) ? UB_MAP_EXECUTE : 0);
    long at = hypercall(UB_HC_MAP, d->handle, offset, bytes, kind, 0, 0);
    memcpy(file, ub_bounce, sizeof *file);
    return at;
}

void forget_slots(u64 at, u64 bytes)
{
    for (u64 slot = at / UB_RING_STRIDE; slot <= (at + bytes - 1) / UB_RING_STRIDE; slot++)
        if (!slot_used(slot)) {
            HC2(UB_HC_PIPE_CLOSE, slot, UB_READER);
            HC2(UB_HC_PIPE_CLOSE, slot, UB_WRITER);
        }
}

static struct area file_area(u64 address, u64 bytes, u32 prot, bool shared, u64 offset, u64 backing,
                             const struct mapped_file *file)
{
    u64 there = file->size > offset ? page_up(file->size - offset) : 0;
    return (struct area){.start = address,
                         .end = address + bytes,
                         .prot = prot,
                         .flags = shared ? AREA_SHARED | (file->writable ? 0 : AREA_READ_ONLY) : 0,
                         .backing = UB_GPA_RINGS + backing,
                         .valid_end = address + (there < bytes ? there : bytes)};
}

static long map_file(struct descriptor *d, u64 address, u64 bytes, u32 prot, bool shared, u64 offset)
{
    struct mapped_file file;
    long at = file_memory(d, offset, bytes, prot, shared, &file);
    if (at < 0)
        return at;
    if (!unmap(address, address + bytes))
        return -ENOMEM;
    if (file.stub_bytes && !map_stubs(address, &file)) {
        /* No room for the stubs: the library as it is; its system calls take the slow way. */
        forget_slots((u64)at, bytes);
        at = file_memory(d, offset, bytes, prot & ~(u32)PROT_EXEC, shared, &file);
        if (at < 0)
            return at;
    }
    return map_backed(file_area(address, bytes, prot, shared, offset, (u64)at, &file)) ? (long)address
                                                                                       : -ENOMEM;
}

/* /dev/zero, mapped, is anonymous memory. */
static bool is_zero_device(struct descriptor *d, u64 fd)
{
    struct stat status;
    return d->slot != HOST_REGULAR && !descriptor_stat(fd, (u64)&status) && status.rdev == 0x105;
}

long sys_mmap(u64 address, u64 length, u64 prot, u64 flags, u64 fd, u64 offset)
{
    u64 type = flags & MAP_TYPE;
    bool anonymous = flags & MAP_ANONYMOUS, fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE);
    struct descriptor *d = anonymous ? 0 : descriptor(fd);
    if (!anonymous && !d)
        return -EBADF;
    if (!length || (offset & (UB_PAGE - 1)) ||
        (type != MAP_PRIVATE && type != MAP_SHARED && type != MAP_SHARED_VALIDATE))
        return -EINVAL;
    if (!anonymous && d->kind != UB_FD_HOST)
        return -ENODEV;
    if (!anonymous && is_zero_device(d, fd))
        anonymous = true;
    u64 bytes = page_up(length);
    if (bytes < length || bytes > UB_MMAP_HIGH ||
        over_limit(bytes, type == MAP_PRIVATE && (prot & PROT_WRITE)))
        return -ENOMEM;
    if (type == MAP_PRIVATE && (prot & PROT_WRITE) && !(flags & MAP_NORESERVE) &&
        bytes / UB_PAGE + bytes / UB_LARGE_PAGE + MEMORY_SLACK > frames_free())
        return -ENOMEM;
    if (fixed) {
        if (address & (UB_PAGE - 1))
            return -EINVAL;
        if (address < 65536)
            return -EPERM; /* mmap_min_addr */
        if (address + bytes < address || is_ours(address, address + bytes))
            return -ENOMEM;
        u64 next = area_after(address);
        if ((flags & MAP_FIXED_NOREPLACE) && next < area_count && table[next].start < address + bytes)
            return -EEXIST;
    } else {
        u64 hint = address & ~(u64)(UB_PAGE - 1), next = area_after(hint), gap = anonymous ? 0 : FILE_GAP;
        if (hint >= 65536 && hint + bytes > hint && !is_ours(hint, hint + bytes) &&
            hint + bytes <= UB_MMAP_HIGH && (next == area_count || table[next].start >= hint + bytes))
            address = hint;
        else
            address = find_hole(bytes + gap);
        if (!address)
            return -ENOMEM;
    }
    if (!anonymous)
        return map_file(d, address, bytes, prot & 7, type != MAP_PRIVATE, offset);
    if (fixed && !unmap(address, address + bytes))
        return -ENOMEM;
    if (type != MAP_PRIVATE)
        return map_shared(address, bytes, prot & 7);
    return area_anonymous(address, address + bytes, prot & 7, 0) ? (long)address : -ENOMEM;
}

long sys_munmap(u64 address, u64 length)
{
    u64 end = address + page_up(length);
    if ((address & (UB_PAGE - 1)) || !length || end <= address || is_ours(address, end))
        return -EINVAL;
    return unmap(address, end) ? 0 : -ENOMEM;
}

long sys_mprotect(u64 address, u64 length, u64 prot)
{
    u64 end = address + page_up(length);
    if (address & (UB_PAGE - 1) || (prot & ~(u64)(7 | PROT_GROWSDOWN)))
        return -EINVAL;
    if (end < address)
        return -ENOMEM;
    if (end == address)
        return 0;
    u64 index = area_after(address);
    for (u64 covered = address, i = index; covered < end; covered = table[i++].end)
        if (i == area_count || table[i].start > covered)
            return -ENOMEM;
    u32 wanted = prot & 7;
    for (u64 i = index; i < area_count && table[i].start < end; i++)
        if ((wanted & PROT_WRITE) && (table[i].flags & AREA_READ_ONLY))
            return -EACCES;
    if (!areas_split(address) || !areas_split(end))
        return -ENOMEM;
    bool flush = false, present = false;
    for (index = area_after(address); index < area_count && table[index].start < end; index++) {
        struct area *area = &table[index];
        flush |= area->prot & ~wanted;
        area->prot = wanted;
        for (u64 at = area->start, *entry; (entry = next_entry(&at, area->end)); at += UB_PAGE)
            if (*entry & PAGE_OWNED) {
                present |= *entry & PAGE_PRESENT;
                *entry = (*entry & (PAGE_FRAME | PAGE_FROZEN)) |
                         (is_foreign(*entry)     ? backed_bits(area)
                          : *entry & PAGE_FROZEN ? entry_bits(wanted) & ~PAGE_WRITE
                                                 : entry_bits(wanted));
            }
    }
    if (flush && present)
        flush_pages(address, end);
    area_merge(area_after(address));
    return 0;
}

/* How much of that many bytes a file in ring slots has, whole pages; 0: the memory there does not grow. */
static u64 backing_left(u64 backing, u64 bytes)
{
    long left = hypercall(UB_HC_MAP, UB_CWD, backing - UB_GPA_RINGS, bytes, 0, 0, 0);
    return left > 0 ? page_up((u64)left) : 0;
}

long sys_mremap(u64 old, u64 old_length, u64 new_length, u64 flags, u64 new_address)
{
    u64 old_bytes = page_up(old_length), new_bytes = page_up(new_length);
    if ((old & (UB_PAGE - 1)) || !new_length || (flags & ~(u64)(MREMAP_MAYMOVE | MREMAP_FIXED)) ||
        ((flags & MREMAP_FIXED) && !(flags & MREMAP_MAYMOVE)) || !old_bytes)
        return -EINVAL;
    u64 index = area_after(old);
    if (index == area_count || table[index].start > old || table[index].end < old + old_bytes ||
        old + old_bytes < old)
        return -EFAULT;
    struct area area = table[index];
    u64 growth = 0;
    if (new_bytes > old_bytes && over_limit(new_bytes - old_bytes, !(area.flags & AREA_SHARED)))
        return -ENOMEM;
    if (flags & MREMAP_FIXED) {
        if ((new_address & (UB_PAGE - 1)) || is_ours(new_address, new_address + new_bytes) ||
            (new_address < old + old_bytes && old < new_address + new_bytes))
            return -EINVAL;
        if (!unmap(new_address, new_address + new_bytes))
            return -ENOMEM;
    } else if (new_bytes <= old_bytes) {
        if (new_bytes < old_bytes && !unmap(old + new_bytes, old + old_bytes))
            return -ENOMEM;
        return (long)old;
    } else {
        u64 next = area_after(old + old_bytes);
        if (area.backing && !(growth = backing_left(area.backing + (old - area.start), new_bytes)))
            return -ENOMEM;
        if (area.backing && area.end == old + old_bytes &&
            (next == area_count || table[next].start >= old + new_bytes) && !is_ours(old, old + new_bytes)) {
            table[index].end = old + new_bytes;
            table[index].valid_end = old + growth;
            return (long)old;
        }
        if (area.backing)
            area.valid_end = old + growth;
        else if (area.end == old + old_bytes &&
                 (next == area_count || table[next].start >= old + new_bytes) &&
                 !is_ours(old, old + new_bytes)) {
            if (!area_anonymous(old + old_bytes, old + new_bytes, area.prot, area.flags))
                return -ENOMEM;
            return (long)old;
        }
        if (!(flags & MREMAP_MAYMOVE))
            return -ENOMEM;
        new_address = find_hole(new_bytes);
        if (!new_address)
            return -ENOMEM;
    }
    if (area.backing) {
        area.backing += old - area.start;
        u64 there = area.valid_end > old ? area.valid_end - old : 0;
        area.valid_end = new_address + (there < new_bytes ? there : new_bytes);
    }
    area.start = new_address;
    area.end = new_address + new_bytes;
    if (!area_add(area))
        return -ENOMEM;
    u64 moved = old_bytes < new_bytes ? old_bytes : new_bytes;
    for (u64 at = old, *entry; (entry = next_entry(&at, old + moved)); at += UB_PAGE) {
        if (!(*entry & PAGE_OWNED))
            continue;
        u64 *target = page_entry(new_address + (at - old), true);
        if (!target)
            return -ENOMEM;
        page_set(new_address + (at - old), target, *entry);
        *entry = 0;
    }
    flush_pages(old, old + moved);
    unmap(old, old + old_bytes);
    return (long)new_address;
}

/* What a child is to have of a range. */
static long advise_fork(u64 address, u64 end, u32 set, u32 clear)
{
    for (u64 i = area_after(address); i < area_count && table[i].start < end; i++)
        if (set == AREA_WIPED && (table[i].backing || (table[i].flags & AREA_SHARED)))
            return -EINVAL;
    if (!areas_split(address) || !areas_split(end))
        return -ENOMEM;
    for (u64 i = area_after(address); i < area_count && table[i].start < end; i++)
        table[i].flags = (table[i].flags & ~clear) | set;
    fork_advised = true;
    return 0;
}

/* In a forked child: what its parent did not want it to have goes. */
void memory_forked(void)
{
    for (u64 i = 0; fork_advised && i < area_count;) {
        struct area area = table[i];
        if (area.flags & AREA_WIPED)
            unmap_frames(area.start, area.end);
        if (!(area.flags & AREA_NO_FORK) || !unmap(area.start, area.end))
            i++;
    }
}

/* Touches the pages of a range, as a program would. */
static long touch(u64 address, u64 end, bool writing)
{
    for (u64 at = address; at < end; at += UB_PAGE) {
        u8 byte;
        if (copy_in(&byte, at, 1) || (writing && copy_out(at, &byte, 1)))
            return -EFAULT;
    }
    return 0;
}

/* MADV_REMOVE: the bytes behind shared memory become zero. */
static long remove_bytes(u64 address, u64 end)
{
    static const u8 zeros[UB_PAGE];
    for (u64 i = area_after(address); i < area_count && table[i].start < end; i++)
        if (!(table[i].flags & AREA_SHARED) || (table[i].flags & AREA_READ_ONLY))
            return table[i].flags & AREA_SHARED ? -EACCES : -EINVAL;
    for (u64 at = address; at < end; at += UB_PAGE)
        if (copy_out(at, zeros, UB_PAGE))
            return -EFAULT;
    return 0;
}

long sys_madvise(u64 address, u64 length, u64 advice)
{
    /* Advice that may be ignored is: NORMAL to DONTNEED, MERGEABLE to DODUMP, COLD, PAGEOUT. */
    const u64 known = 0x1fUL | 15UL << MADV_FREE | 0xffUL << 12 | 15UL << 20;
    u64 end = address + page_up(length);
    if ((address & (UB_PAGE - 1)) || end < address || advice > 63 || !(known >> advice & 1))
        return -EINVAL;
    for (u64 covered = address, i = area_after(address); covered < end; covered = table[i++].end)
        if (i == area_count || table[i].start > covered)
            return -ENOMEM;
    switch (advice) {
    case MADV_REMOVE:
        return remove_bytes(address, end);
    case MADV_DONTFORK:
        return advise_fork(address, end, AREA_NO_FORK, 0);
    case MADV_DOFORK:
        return advise_fork(address, end, 0, AREA_NO_FORK);
    case MADV_WIPEONFORK:
        return advise_fork(address, end, AREA_WIPED, 0);
    case MADV_KEEPONFORK:
        return advise_fork(address, end, 0, AREA_WIPED);
    case MADV_POPULATE_READ:
    case MADV_POPULATE_WRITE:
        return touch(address, end, advice == MADV_POPULATE_WRITE);
    }
    if (advice == MADV_DONTNEED)
        for (u64 i = area_after(address); i < area_count && table[i].start < end; i++)
            if (!(table[i].flags & AREA_SHARED))
                unmap_frames(table[i].start > address ? table[i].start : address,
                             table[i].end < end ? table[i].end : end);
    return 0;
}

/* Shared files are mapped as the host has them: what is written is there for everybody at once. */
long sys_msync(u64 address, u64 length, u64 flags)
{
    if ((address & (UB_PAGE - 1)) || (flags & ~7UL) || (flags & 5) == 5)
        return -EINVAL;
    return sys_madvise(address, length, 0);
}

/* mlock, munlock: nothing is ever swapped; what remains is to refuse unmapped ranges. */
long sys_mapped_range(u64 address, u64 length)
{
    return sys_madvise(address & ~(u64)(UB_PAGE - 1), length + (address & (UB_PAGE - 1)), 0);
}

long sys_mlockall(u64 flags)
{
    enum { CURRENT = 1, FUTURE = 2, ON_FAULT = 4 };
    return !flags || flags == ON_FAULT || (flags & ~(u64)(CURRENT | FUTURE | ON_FAULT)) ? -EINVAL : 0;
}

long sys_mlock2(u64 address, u64 length, u64 flags)
{
    return flags & ~1UL ? -EINVAL : sys_mapped_range(address, length);
}

/* mincore: one byte a page, 1 where a frame is. */
long sys_mincore(u64 address, u64 length, u64 vector)
{
    long result = (address & (UB_PAGE - 1)) ? -EINVAL : sys_mapped_range(address, length);
    for (u64 at = address; !result && at < address + length; at += UB_PAGE) {
        u8 resident = (page_peek(at) & PAGE_OWNED) != 0;
        result = copy_out(vector + (at - address) / UB_PAGE, &resident, 1);
    }
    return result;
}
