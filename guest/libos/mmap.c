/* The calls that make, change and end mappings: mmap, munmap, mprotect, mremap, brk. */
#include "libos.h"

#define MEMORY_SLACK 64 /* pages for page tables and our own tables, which a grant of memory must leave */
#define FILE_GAP \
    (16 * UB_PAGE) /* left free above a mapped file: the stubs of a library's system calls go there */

static MEMORY_STATE u64 heap_start, heap_end;

/* Whether that many bytes more are beyond RLIMIT_AS, or RLIMIT_DATA if they are private and writable. */
static bool over_limit(u64 bytes, bool data)
{
    u64 space = limits[RLIMIT_AS].current, most = data ? limits[RLIMIT_DATA].current : RLIM_INFINITY;
    u64 all = bytes, own = bytes;
    if (space == RLIM_INFINITY && most == RLIM_INFINITY)
        return false;
    for (u64 i = 0; i < area_count; i++) {
        u64 size = areas[i].end - areas[i].start;
        all += size;
        if ((areas[i].prot & PROT_WRITE) && !(areas[i].flags & (UB_AREA_SHARED | UB_AREA_STACK)))
            own += size;
    }
    return all > space || own > most;
}

/* The heap begins behind the program. */
void brk_start(void)
{
    heap_start = heap_end = ub_control.program_break;
    slots_shared();
}

long sys_brk(u64 address)
{
    if (address < heap_start || address > UB_MMAP_LOW)
        return (long)heap_end;
    u64 old = page_up(heap_end), new = page_up(address);
    if (new > old) {
        u64 next = area_after(old);
        if ((next < area_count && areas[next].start < new + UB_PAGE) ||
            (new - old) / UB_PAGE > frames_free() || over_limit(new - old, true) ||
            lock_allows(new - old, false))
            return (long)heap_end;
        if (!area_add_anonymous(old, new, PROT_READ | PROT_WRITE, UB_AREA_HEAP))
            return (long)heap_end;
        lock_mapped(old, new, false, false);
    } else if (new < old && !memory_unmap(new, old)) {
        return (long)heap_end;
    }
    heap_end = address;
    return (long)heap_end;
}

/* Memory that children share. */
static long map_shared(u64 address, u64 bytes, u32 prot, u32 flags)
{
    long at = shared_memory(bytes);
    if (at < 0)
        return at;
    struct ub_area area = {.start = address,
                           .end = address + bytes,
                           .prot = prot,
                           .flags = UB_AREA_SHARED | flags,
                           .valid_end = address + bytes};
    area.backing = UB_GPA_WINDOW + (u64)at;
    if (memory_map(area))
        return (long)address;
    forget_slots((u64)at, bytes);
    return -ENOMEM;
}

/* The stubs of a library's system calls go where its patched code expects them, if there is room. */
static bool map_stubs(u64 address, const struct ub_mapped_file *file)
{
    u64 start = address + (u64)file->stubs_away, end = start + file->stub_bytes;
    u64 next = area_after(start);
    if (!file->stub_bytes)
        return true;
    if (next < area_count && areas[next].start < end)
        return areas[next].backing == UB_GPA_WINDOW + file->stubs; /* they are there already */
    return memory_map((struct ub_area){.start = start,
                                       .end = end,
                                       .prot = PROT_READ | PROT_EXEC,
                                       .backing = UB_GPA_WINDOW + file->stubs,
                                       .valid_end = end});
}

/* A file in slots of the window: the address there, or -errno. */
static long file_memory(struct ub_descriptor *d, u64 offset, u64 bytes, u32 prot, bool shared,
                        struct ub_mapped_file *file)
{
    u64 kind = (shared ? UB_MAP_SHARED : 0) | (shared && (prot & PROT_WRITE) ? UB_MAP_WRITE : 0) |
               (!shared && (prot & PROT_EXEC) ? UB_MAP_EXECUTE : 0);
    long at = hypercall(UB_HC_MAP, d->handle, offset, bytes, kind, 0, 0);
    memcpy(file, ub_bounce, sizeof *file);
    return at;
}

static struct ub_area file_area(u64 address, u64 bytes, u32 prot, bool shared, u64 offset, u64 backing,
                                const struct ub_mapped_file *file)
{
    u64 there = file->size > offset ? page_up(file->size - offset) : 0;
    return (struct ub_area){.start = address,
                            .end = address + bytes,
                            .prot = prot,
                            .flags = shared ? UB_AREA_SHARED | (file->writable ? 0 : UB_AREA_READ_ONLY) : 0,
                            .backing = UB_GPA_WINDOW + backing,
                            .valid_end = address + (there < bytes ? there : bytes)};
}

static long map_file(struct ub_descriptor *d, u64 address, u64 bytes, u32 prot, bool shared, u64 offset)
{
    struct ub_mapped_file file;
    long at = file_memory(d, offset, bytes, prot, shared, &file);
    if (at < 0)
        return at;
    if (!memory_unmap(address, address + bytes))
        return -ENOMEM;
    if (file.stub_bytes && !map_stubs(address, &file)) {
        /* No room for the stubs: the library as it is; its system calls take the slow way. */
        forget_slots((u64)at, bytes);
        at = file_memory(d, offset, bytes, prot & ~(u32)PROT_EXEC, shared, &file);
        if (at < 0)
            return at;
    }
    return memory_map(file_area(address, bytes, prot, shared, offset, (u64)at, &file)) ? (long)address
                                                                                       : -ENOMEM;
}

static u64 access_mode(struct ub_descriptor *d)
{
    return (u64)HC2(UB_HC_HOST_FLAGS, d->handle, -1L) & O_ACCMODE;
}

/* /dev/zero, mapped, is anonymous memory. */
static bool is_zero_device(struct ub_descriptor *d, u64 fd)
{
    struct stat status;
    return !is_regular(d) && !descriptor_stat(fd, (u64)&status) && status.rdev == 0x105;
}

/* Maps what has a place by now. zero: a descriptor of /dev/zero. */
static long map_at(u64 address, u64 bytes, u64 prot, bool shared, struct ub_descriptor *d, bool zero,
                   u64 offset)
{
    if (d && !zero)
        return map_file(d, address, bytes, prot & 7, shared, offset);
    if (!memory_unmap(address, address + bytes))
        return -ENOMEM;
    if (shared)
        return map_shared(address, bytes, prot & 7, zero && access_mode(d) == 0 ? UB_AREA_READ_ONLY : 0);
    return area_add_anonymous(address, address + bytes, prot & 7, 0) ? (long)address : -ENOMEM;
}

long sys_mmap(u64 address, u64 length, u64 prot, u64 flags, u64 fd, u64 offset)
{
    u64 type = flags & MAP_TYPE;
    bool anonymous = flags & MAP_ANONYMOUS, fixed = flags & (MAP_FIXED | MAP_FIXED_NOREPLACE), zero;
    struct ub_descriptor *d = anonymous ? 0 : descriptor(fd);
    if (!anonymous && (!d || is_path(d)))
        return -EBADF;
    if (!length || (offset & (UB_PAGE - 1)) ||
        (type != MAP_PRIVATE && type != MAP_SHARED && (type != MAP_SHARED_VALIDATE || anonymous)) ||
        (type != MAP_PRIVATE && (flags & MAP_GROWSDOWN)))
        return -EINVAL;
    if (anonymous && (flags & MAP_HUGETLB))
        return -ENOMEM; /* none are set aside */
    if (type == MAP_SHARED_VALIDATE && (flags & ~(u64)MAP_KNOWN))
        return -EOPNOTSUPP;
    if (!anonymous && d->kind != UB_FD_HOST)
        return -ENODEV;
    zero = !anonymous && is_zero_device(d, fd);
    if (zero &&
        (access_mode(d) == O_WRONLY || (type != MAP_PRIVATE && (prot & PROT_WRITE) && access_mode(d) == 0)))
        return -EACCES;
    anonymous |= zero;
    u64 bytes = page_up(length);
    if (!anonymous && (offset + bytes < offset || (int64_t)(offset + bytes) < 0))
        return -EOVERFLOW;
    long locks = lock_allows(bytes, flags & MAP_LOCKED);
    if (locks)
        return locks;
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
        if ((flags & MAP_FIXED_NOREPLACE) && next < area_count && areas[next].start < address + bytes)
            return -EEXIST;
    } else {
        u64 hint = address & ~(u64)(UB_PAGE - 1), next = area_after(hint), gap = anonymous ? 0 : FILE_GAP;
        bool low = flags & MAP_32BIT;
        if (hint >= 65536 && hint + bytes > hint && !is_ours(hint, hint + bytes) &&
            hint + bytes <= (low ? LOW_MEMORY_END : UB_MMAP_HIGH) &&
            (next == area_count || areas[next].start >= hint + bytes))
            address = hint;
        else
            address = low ? find_low_hole(bytes + gap) : find_hole(bytes + gap);
        if (!address)
            return -ENOMEM;
    }
    long result = map_at(address, bytes, prot, type != MAP_PRIVATE, d, zero, offset);
    if (result >= 0)
        lock_mapped(address, address + bytes, flags & MAP_LOCKED,
                    (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE);
    return result;
}

long sys_munlock(u64 address, u64 length);

long sys_munmap(u64 address, u64 length)
{
    u64 end = address + page_up(length);
    if ((address & (UB_PAGE - 1)) || !length || end <= address || is_ours(address, end))
        return -EINVAL;
    return memory_unmap(address, end) ? 0 : -ENOMEM;
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
    if (prot & PROT_GROWSDOWN) { /* all of it, down to its lowest page */
        u64 grows = area_after(address);
        if (grows == area_count || areas[grows].start >= end)
            return -ENOMEM;
        if (!(areas[grows].flags & UB_AREA_STACK))
            return -EINVAL;
        address = areas[grows].start < address ? areas[grows].start : address;
    }
    if (!areas_cover(address, end))
        return -ENOMEM;
    u32 wanted = prot & 7;
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if ((wanted & PROT_WRITE) && (areas[i].flags & UB_AREA_READ_ONLY))
            return -EACCES;
    if (!areas_split(address) || !areas_split(end))
        return -ENOMEM;
    u32 lost = 0;
    bool present = false;
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++) {
        lost |= areas[i].prot & ~wanted;
        areas[i].prot = wanted;
        present |= memory_protect(&areas[i]);
    }
    if (present && lost == PROT_WRITE && wanted)
        flush_writes(address, end, wanted & PROT_EXEC);
    else if (present && lost)
        flush_pages(address, end);
    area_merge(area_after(address));
    return 0;
}

/* There are no protection keys but the one that everything has. */
long sys_pkey_mprotect(u64 address, u64 length, u64 prot, u64 key)
{
    return (int)key == -1 ? sys_mprotect(address, length, prot) : -EINVAL;
}

long sys_pkey_alloc(u64 flags, u64 rights)
{
    return flags || (rights & ~3UL) ? -EINVAL : -ENOSPC;
}

long sys_pkey_free(void)
{
    return -EINVAL;
}

/*
 * An area whose memory lies in slots of the window is to have more bytes. A file has what it has by now, and
 * is mapped anew if too little of it is; what is shared without a file keeps its size, and touching what lies
 * behind is a SIGBUS.
 */
static long grow_backing(struct ub_area *area, u64 bytes, bool *elsewhere)
{
    long there = hypercall(UB_HC_MAP, UB_CWD, area->backing - UB_GPA_WINDOW, bytes, 0, 0, 0);
    *elsewhere = false;
    if (there == 0) {
        long at = hypercall(UB_HC_MAP, UB_CWD, area->backing - UB_GPA_WINDOW, bytes, UB_MAP_SHARED, 0, 0);
        if (at < 0)
            return at;
        area->backing = UB_GPA_WINDOW + (u64)at;
        there = (long)((struct ub_mapped_file *)ub_bounce)->size;
        *elsewhere = true;
    }
    if (there > 0)
        area->valid_end = area->start + page_up((u64)there);
    return there < 0 && there != -ENODEV ? there : 0;
}

static bool is_free(u64 start, u64 end)
{
    u64 next = area_after(start);
    return end > start && end <= UB_STACK_TOP && !is_ours(start, end) &&
           (next == area_count || areas[next].start >= end);
}

/* The part of an area from an address on, as an area of its own elsewhere. */
static struct ub_area moved_area(struct ub_area area, u64 from, u64 to, u64 bytes)
{
    u64 there = area.valid_end > from ? area.valid_end - from : 0;
    if (area.backing) {
        area.backing += from - area.start;
        area.valid_end = to + (there < bytes ? there : bytes);
    }
    area.start = to;
    area.end = to + bytes;
    return area;
}

/* What is mapped at one place is to be at another, maybe with more bytes; keep: the old place stays mapped,
 * and is empty. */
static long move_area(const struct ub_area *area, u64 old, u64 old_bytes, u64 new, u64 new_bytes, bool keep)
{
    u64 moved = old_bytes < new_bytes ? old_bytes : new_bytes;
    if (!area_add(moved_area(*area, old, new, new_bytes)) || !memory_move(old, new, moved))
        return -ENOMEM;
    if (keep)
        sys_munlock(old, old_bytes);
    else
        memory_unmap(old, old + old_bytes);
    return (long)new;
}

/* A mapping becomes larger, where it is or elsewhere. */
static long enlarge(u64 index, u64 old, u64 old_bytes, u64 new_bytes, bool may_move)
{
    struct ub_area area = areas[index], whole = moved_area(area, old, old, old_bytes);
    bool room = area.end == old + old_bytes && is_free(area.end, old + new_bytes), elsewhere = false;
    u64 new = room ? old : may_move ? find_hole(new_bytes) : 0;
    if (!new)
        return -ENOMEM;
    long result = area.backing ? grow_backing(&whole, new_bytes, &elsewhere) : 0;
    if (result)
        return result;
    if (elsewhere) {
        if (!(area.flags & UB_AREA_SHARED)) { /* pages of its own would be lost */
            forget_slots(whole.backing - UB_GPA_WINDOW, new_bytes);
            return -ENOMEM;
        }
        whole = moved_area(whole, old, new, new_bytes);
        return memory_unmap(old, old + old_bytes) && memory_map(whole) ? (long)new : -ENOMEM;
    }
    if (!room)
        return move_area(&whole, old, old_bytes, new, new_bytes, false);
    if (!area.backing)
        return area_add_anonymous(old + old_bytes, old + new_bytes, area.prot, area.flags) ? (long)old
                                                                                           : -ENOMEM;
    areas[index].end = old + new_bytes;
    if (whole.valid_end > areas[index].valid_end)
        areas[index].valid_end = whole.valid_end < areas[index].end ? whole.valid_end : areas[index].end;
    return (long)old;
}

long sys_mremap(u64 old, u64 old_length, u64 new_length, u64 flags, u64 new_address)
{
    u64 old_bytes = page_up(old_length), new_bytes = page_up(new_length);
    bool fixed = flags & MREMAP_FIXED, may_move = flags & MREMAP_MAYMOVE, keep = flags & MREMAP_DONTUNMAP;
    if ((old & (UB_PAGE - 1)) || !new_bytes ||
        (flags & ~(u64)(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) ||
        ((fixed || keep) && !may_move) || (keep && old_bytes != new_bytes))
        return -EINVAL;
    if ((fixed || keep) && ((new_address & (UB_PAGE - 1)) || new_address + new_bytes < new_address ||
                            is_ours(new_address, new_address + new_bytes) ||
                            (new_address < old + old_bytes && old < new_address + new_bytes)))
        return -EINVAL;
    u64 index = area_after(old);
    if (index == area_count || areas[index].start > old || areas[index].end < old + old_bytes ||
        old + old_bytes < old)
        return -EFAULT;
    struct ub_area area = areas[index];
    bool copy = !old_bytes; /* of what is shared */
    if (copy && (!(area.flags & UB_AREA_SHARED) || !may_move))
        return area.flags & UB_AREA_SHARED ? -ENOMEM : -EINVAL;
    u64 growth = keep ? new_bytes : new_bytes > old_bytes ? new_bytes - old_bytes : 0;
    if (growth && over_limit(growth, !(area.flags & UB_AREA_SHARED) && (area.prot & PROT_WRITE)))
        return -ENOMEM;
    long locks = area.flags & UB_AREA_LOCKED ? lock_allows(growth, true) : 0;
    if (locks)
        return locks;
    bool stays = !fixed && !keep && !copy; /* or moves because there is no room for more */
    if (stays && new_bytes <= old_bytes)
        return new_bytes == old_bytes || memory_unmap(old + new_bytes, old + old_bytes) ? (long)old : -ENOMEM;
    long result;
    if (stays) {
        result = enlarge(index, old, old_bytes, new_bytes, may_move);
    } else {
        if (fixed && !memory_unmap(new_address, new_address + new_bytes))
            return -ENOMEM;
        u64 hint = new_address & ~(u64)(UB_PAGE - 1);
        u64 to = fixed                                            ? new_address
                 : new_address && is_free(hint, hint + new_bytes) ? hint
                                                                  : find_hole(new_bytes);
        if (!to)
            return -ENOMEM;
        result = copy ? (area_add(moved_area(area, old, to, new_bytes)) ? (long)to : -ENOMEM)
                      : move_area(&area, old, old_bytes, to, new_bytes, keep);
    }
    if (result >= 0 && (area.flags & UB_AREA_LOCKED))
        lock_mapped((u64)result, (u64)result + new_bytes, true, false);
    return result;
}
