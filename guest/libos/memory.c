/*
 * The program's address space: areas (what may be touched, and how), filled with zeroed frames when first
 * touched. An area is anonymous private memory or a segment of the program; it never says which frames are
 * there: page tables do.
 */
#include "libos.h"

struct area {
    u64 start, end; /* page aligned; start < end; sorted, disjoint */
    u32 prot;
    u32 flags;
};
#define AREA_STACK 1  /* grows down to the stack limit */
#define AREA_HEAP 2   /* what brk moves */
#define AREA_SHARED 4 /* ring slots without a pipe; their first in bits 8-19, their number above */
#define AREA_SLOT(flags) ((flags) >> 8 & 4095)
#define AREA_SLOTS(flags) ((flags) >> 20)

#define table ((struct area *)UB_LIBOS_TABLES) /* sorted by address */
#define AREAS_MAX 32768
#define MEMORY_SLACK 64 /* pages for page tables and our own tables, which a grant of memory must leave */
#define FAULT_AROUND (16 * UB_PAGE)

static u64 area_count;
static u64 areas_mapped; /* entries that have memory behind them */
static u64 heap_start, heap_end;

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
        if (area_count == AREAS_MAX)
            return false;
        u64 address = UB_LIBOS_TABLES + areas_mapped * sizeof(struct area);
        u64 *entry = page_entry(address, true);
        u64 frame = entry ? frame_allocate() : 0;
        if (!frame)
            return false;
        *entry = frame | entry_bits(PROT_READ | PROT_WRITE);
        areas_mapped = (address + UB_PAGE - UB_LIBOS_TABLES) / sizeof(struct area);
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

/* Joins an area with like neighbours, so that a growing heap stays one entry. */
static void area_merge(u64 index)
{
    if (index + 1 < area_count && table[index].end == table[index + 1].start &&
        table[index].prot == table[index + 1].prot && table[index].flags == table[index + 1].flags) {
        table[index].end = table[index + 1].end;
        area_delete(index + 1);
    }
    if (index > 0 && index < area_count && table[index - 1].end == table[index].start &&
        table[index - 1].prot == table[index].prot && table[index - 1].flags == table[index].flags) {
        table[index - 1].end = table[index].end;
        area_delete(index);
    }
}

static bool area_add(u64 start, u64 end, u32 prot, u32 flags)
{
    u64 index = area_after(start);
    if (!area_insert(index, (struct area){start, end, prot, flags}))
        return false;
    area_merge(index);
    return true;
}

/* Makes start and end borders between areas, so that a range can be changed area by area. */
static bool areas_split(u64 address)
{
    u64 index = area_after(address);
    if (index == area_count || table[index].start >= address)
        return true;
    struct area upper = table[index];
    upper.start = address;
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
    for (u64 address = start, *entry; (entry = next_entry(&address, end)); address += UB_PAGE) {
        if (*entry & PAGE_OWNED) {
            flush |= *entry & PAGE_PRESENT;
            u64 frame = *entry & PAGE_FRAME;
            if (frame < UB_GPA_LIBOS)
                frame_free(frame);
        }
        *entry = 0;
    }
    if (flush)
        flush_pages(start, end);
}

static bool unmap(u64 start, u64 end)
{
    u32 unshare = 0;
    if (!areas_split(start) || !areas_split(end))
        return false;
    u64 index = area_after(start);
    while (index < area_count && table[index].start < end) {
        u32 flags = table[index].flags;
        u64 bytes = table[index].end - table[index].start;
        area_delete(index);
        /* Shared memory goes as a whole; what remains of a part that was unmapped goes with the process. */
        if ((flags & AREA_SHARED) && (bytes + UB_RING_STRIDE - 1) / UB_RING_STRIDE == AREA_SLOTS(flags))
            unshare = flags;
    }
    unmap_frames(start, end);
    for (u32 slot = AREA_SLOT(unshare); slot < AREA_SLOT(unshare) + AREA_SLOTS(unshare); slot++) {
        HC2(UB_HC_PIPE_CLOSE, slot, UB_READER);
        HC2(UB_HC_PIPE_CLOSE, slot, UB_WRITER);
    }
    return true;
}

static bool fill(u64 *entry, u32 prot)
{
    u64 frame = frame_allocate();
    if (!frame)
        return false;
    *entry = frame | entry_bits(prot);
    return true;
}

/* A page fault at CPL 3: true if the access may now be tried again. */
bool memory_fault(u64 address, u64 error)
{
    u64 index = area_after(address);
    if (index == area_count)
        return false;
    struct area *area = &table[index];
    if (address < area->start) {
        /* Below the stack: it grows, as far as its limit. */
        if (!(area->flags & AREA_STACK) || address < UB_STACK_TOP - UB_STACK_LIMIT ||
            (index > 0 && table[index - 1].end + UB_PAGE > address))
            return false;
        area->start = address & ~(u64)(UB_PAGE - 1);
    }
    u32 needed = error & 16 ? PROT_EXEC : error & 2 ? PROT_WRITE : PROT_READ | PROT_EXEC | PROT_WRITE;
    if (!(area->prot & needed))
        return false;
    u64 page = address & ~(u64)(UB_PAGE - 1);
    u64 *entry = page_entry(page, true);
    if (!entry)
        return false;
    if (*entry & PAGE_OWNED)
        return true; /* the fault crossed a change of permission; the entry allows the access by now */
    if (!fill(entry, area->prot))
        process_exit(SIGKILL); /* out of memory; the monitor knows and says so */
    /* Neighbours will be wanted too, and a fault costs as much as many pages: take the rest of the aligned
     * block. */
    u64 low = page & ~(u64)(FAULT_AROUND - 1), high = low + FAULT_AROUND;
    if (low < area->start)
        low = area->start;
    if (high > area->end)
        high = area->end;
    if (area->flags & AREA_STACK)
        low = page - 3 * UB_PAGE < area->start ? area->start : page - 3 * UB_PAGE;
    for (u64 other = low; other < high; other += UB_PAGE) {
        u64 *neighbour = entry + ((int64_t)(other - page) >> 12);
        if (other >> 21 == page >> 21 && !(*neighbour & PAGE_OWNED) && !fill(neighbour, area->prot))
            break;
    }
    return true;
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
    for (u64 i = 0; i < ub_control.area_count; i++)
        area_add(ub_control.areas[i].start, ub_control.areas[i].end, ub_control.areas[i].prot, 0);
    heap_start = heap_end = ub_control.program_break;
    area_add(UB_STACK_TOP - 32 * UB_PAGE, UB_STACK_TOP, PROT_READ | PROT_WRITE, AREA_STACK);
}

long sys_brk(u64 address)
{
    if (address < heap_start || address > UB_MMAP_LOW)
        return (long)heap_end;
    u64 old = page_up(heap_end), new = page_up(address);
    if (new > old) {
        u64 next = area_after(old);
        if ((next < area_count && table[next].start < new + UB_PAGE) || (new - old) / UB_PAGE > frames_free())
            return (long)heap_end;
        if (!area_add(old, new, PROT_READ | PROT_WRITE, AREA_HEAP))
            return (long)heap_end;
    } else if (new < old && !unmap(new, old)) {
        return (long)heap_end;
    }
    heap_end = address;
    return (long)heap_end;
}

/* The highest hole of that size below the limit, or 0. */
static u64 find_hole(u64 bytes)
{
    u64 top = UB_MMAP_HIGH;
    for (u64 i = area_count; i-- > 0;) {
        if (table[i].end <= top && top - table[i].end >= bytes)
            break;
        if (table[i].start < top)
            top = table[i].start;
        /* Our own windows lie between; jump over them. */
        if (top < UB_RING_WINDOW + (1UL << 40) / 2 && top > UB_DIRECT_MAP)
            top = UB_DIRECT_MAP;
    }
    if (top - UB_MMAP_LOW < bytes || top < UB_MMAP_LOW)
        return 0;
    if (top > UB_RING_WINDOW && top - bytes < UB_RING_WINDOW + (1UL << 40) / 2)
        top = UB_DIRECT_MAP;
    return top - bytes;
}

static bool is_ours(u64 start, u64 end)
{
    return end > UB_STACK_TOP || (start < UB_RING_WINDOW + (1UL << 40) / 2 && end > UB_DIRECT_MAP);
}

/* Memory that children share: ring slots, mapped page by page at once, since all processes must see the same
 * frames. */
static long map_shared(u64 address, u64 bytes, u32 prot)
{
    u64 slots = (bytes + UB_RING_STRIDE - 1) / UB_RING_STRIDE;
    if (slots > UB_RING_SLOTS)
        return -ENOMEM;
    long first = HC1(UB_HC_SHARE, slots);
    if (first < 0)
        return first;
    if (!area_add(address, address + bytes, prot, AREA_SHARED | (u32)first << 8 | (u32)slots << 20))
        return -ENOMEM;
    for (u64 at = 0; at < bytes; at += UB_PAGE) {
        u64 *entry = page_entry(address + at, true);
        if (!entry)
            return -ENOMEM;
        *entry = (UB_GPA_RINGS + (u64)first * UB_RING_STRIDE + at) | entry_bits(prot);
    }
    return (long)address;
}

long sys_mmap(u64 address, u64 length, u64 prot, u64 flags, u64 fd, u64 offset)
{
    u64 type = flags & MAP_TYPE;
    if (!length || (offset & (UB_PAGE - 1)) ||
        (type != MAP_PRIVATE && type != MAP_SHARED && type != MAP_SHARED_VALIDATE))
        return -EINVAL;
    if (!(flags & MAP_ANONYMOUS))
        return descriptor(fd) ? -ENODEV : -EBADF;
    u64 bytes = page_up(length);
    if (bytes < length || bytes > UB_MMAP_HIGH)
        return -ENOMEM;
    if ((prot & PROT_WRITE) && !(flags & MAP_NORESERVE) &&
        bytes / UB_PAGE + bytes / UB_LARGE_PAGE + MEMORY_SLACK > frames_free())
        return -ENOMEM;
    if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
        if (address & (UB_PAGE - 1))
            return -EINVAL;
        if (address < 65536)
            return -EPERM; /* mmap_min_addr */
        if (address + bytes < address || is_ours(address, address + bytes))
            return -ENOMEM;
        u64 next = area_after(address);
        if ((flags & MAP_FIXED_NOREPLACE) && next < area_count && table[next].start < address + bytes)
            return -EEXIST;
        if (!unmap(address, address + bytes))
            return -ENOMEM;
    } else {
        u64 hint = address & ~(u64)(UB_PAGE - 1), next = area_after(hint);
        if (hint >= 65536 && hint + bytes > hint && !is_ours(hint, hint + bytes) &&
            hint + bytes <= UB_MMAP_HIGH && (next == area_count || table[next].start >= hint + bytes))
            address = hint;
        else
            address = find_hole(bytes);
        if (!address)
            return -ENOMEM;
    }
    if (type != MAP_PRIVATE)
        return map_shared(address, bytes, prot & 7);
    if (!area_add(address, address + bytes, prot & 7, 0))
        return -ENOMEM;
    return (long)address;
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
    if (!areas_split(address) || !areas_split(end))
        return -ENOMEM;
    u32 wanted = prot & 7;
    bool flush = false;
    for (index = area_after(address); index < area_count && table[index].start < end; index++) {
        u32 old = table[index].prot;
        table[index].prot = wanted;
        if (old & ~wanted)
            flush = true;
    }
    bool present = false;
    for (u64 at = address, *entry; (entry = next_entry(&at, end)); at += UB_PAGE)
        if (*entry & PAGE_OWNED) {
            present |= *entry & PAGE_PRESENT;
            u64 frame = *entry & PAGE_FRAME;
            if (frame >= UB_GPA_LIBOS && frame < UB_GPA_RINGS && (wanted & PROT_WRITE)) {
                /* Text is shared with every VM of the program: who wants to write to it gets a copy. */
                u64 copy = frame_allocate();
                if (!copy)
                    return -ENOMEM;
                memcpy((void *)(UB_DIRECT_MAP + copy), (const void *)at, UB_PAGE);
                frame = copy;
                flush = true;
            }
            *entry = frame | entry_bits(wanted);
        }
    if (flush && present)
        flush_pages(address, end);
    index = area_after(address);
    area_merge(index);
    return 0;
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
        if (area.end == old + old_bytes && (next == area_count || table[next].start >= old + new_bytes) &&
            !is_ours(old, old + new_bytes)) {
            if (!area_add(old + old_bytes, old + new_bytes, area.prot, area.flags))
                return -ENOMEM;
            return (long)old;
        }
        if (!(flags & MREMAP_MAYMOVE))
            return -ENOMEM;
        new_address = find_hole(new_bytes);
        if (!new_address)
            return -ENOMEM;
    }
    if (!area_add(new_address, new_address + new_bytes, area.prot, area.flags))
        return -ENOMEM;
    u64 moved = old_bytes < new_bytes ? old_bytes : new_bytes;
    for (u64 at = old, *entry; (entry = next_entry(&at, old + moved)); at += UB_PAGE) {
        if (!(*entry & PAGE_OWNED))
            continue;
        u64 *target = page_entry(new_address + (at - old), true);
        if (!target)
            return -ENOMEM;
        *target = *entry;
        *entry = 0;
    }
    flush_pages(old, old + moved);
    unmap(old, old + old_bytes);
    return (long)new_address;
}

long sys_madvise(u64 address, u64 length, u64 advice)
{
    u64 end = address + page_up(length);
    if ((address & (UB_PAGE - 1)) || end < address)
        return -EINVAL;
    for (u64 covered = address, i = area_after(address); covered < end; covered = table[i++].end)
        if (i == area_count || table[i].start > covered)
            return -ENOMEM;
    if (advice == MADV_DONTNEED)
        for (u64 i = area_after(address); i < area_count && table[i].start < end; i++)
            if (!(table[i].flags & AREA_SHARED))
                unmap_frames(table[i].start > address ? table[i].start : address,
                             table[i].end < end ? table[i].end : end);
    return 0;
}

/* msync, mlock, munlock: all is anonymous and nothing is ever swapped; what remains is to refuse unmapped
 * ranges. */
long sys_mapped_range(u64 address, u64 length)
{
    return sys_madvise(address & ~(u64)(UB_PAGE - 1), length + (address & (UB_PAGE - 1)), 0);
}

/* mincore: one byte a page, 1 where a frame is. */
long sys_mincore(u64 address, u64 length, u64 vector)
{
    long result = (address & (UB_PAGE - 1)) ? -EINVAL : sys_mapped_range(address, length);
    for (u64 at = address; !result && at < address + length; at += UB_PAGE) {
        u64 *entry = page_entry(at, false);
        u8 resident = entry && (*entry & PAGE_OWNED);
        result = copy_out(vector + (at - address) / UB_PAGE, &resident, 1);
    }
    return result;
}
