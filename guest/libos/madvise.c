/* Calls that say something of memory that is mapped already: madvise, msync, mlock and its kin, mincore. */
#include "libos.h"

/* Touches the pages of a range, as a program would. */
static long touch(u64 address, u64 end, bool writing)
{
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if (!(areas[i].prot & (writing ? PROT_WRITE : PROT_READ)))
            return -EINVAL;
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
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if (!(areas[i].flags & UB_AREA_SHARED) || (areas[i].flags & UB_AREA_READ_ONLY))
            return areas[i].flags & UB_AREA_SHARED ? -EACCES : -EINVAL;
    for (u64 at = address; at < end; at += UB_PAGE)
        if (copy_out(at, zeros, UB_PAGE))
            return -EFAULT;
    return 0;
}

/* Whether any of a range is locked. */
static bool is_locked(u64 address, u64 end)
{
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if (areas[i].flags & UB_AREA_LOCKED)
            return true;
    return false;
}

/* MADV_DONTNEED: what is private is zero from now on. */
static void forget_bytes(u64 address, u64 end)
{
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if (!(areas[i].flags & UB_AREA_SHARED))
            memory_discard(areas[i].start > address ? areas[i].start : address,
                           areas[i].end < end ? areas[i].end : end);
}

/* MADV_FREE is for anonymous memory alone, and may be ignored there. */
static bool is_anonymous(u64 address, u64 end)
{
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if (areas[i].backing || (areas[i].flags & UB_AREA_SHARED))
            return false;
    return true;
}

long sys_madvise(u64 address, u64 length, u64 advice)
{
    /* Advice that may be ignored is: NORMAL to DONTNEED, MERGEABLE to DODUMP, COLD, PAGEOUT. */
    const u64 known = 0x1fUL | 15UL << MADV_FREE | 0xffUL << 12 | 31UL << MADV_COLD;
    const u64 not_of_locked = 1UL << MADV_DONTNEED | 1UL << MADV_FREE | 1UL << MADV_REMOVE | 3UL << MADV_COLD;
    u64 end = address + page_up(length);
    if ((address & (UB_PAGE - 1)) || end < address || (length && end == address) || advice > 63 ||
        !(known >> advice & 1))
        return -EINVAL;
    if (!areas_cover(address, end))
        return -ENOMEM;
    if ((not_of_locked >> advice & 1) && is_locked(address, end))
        return -EINVAL;
    switch (advice) {
    case MADV_REMOVE:
        return remove_bytes(address, end);
    case MADV_DONTFORK:
        return memory_advise_fork(address, end, UB_AREA_NO_FORK, 0);
    case MADV_DOFORK:
        return memory_advise_fork(address, end, 0, UB_AREA_NO_FORK);
    case MADV_WIPEONFORK:
        return memory_advise_fork(address, end, UB_AREA_WIPED, 0);
    case MADV_KEEPONFORK:
        return memory_advise_fork(address, end, 0, UB_AREA_WIPED);
    case MADV_FREE:
        return is_anonymous(address, end) ? 0 : -EINVAL;
    case MADV_POPULATE_READ:
    case MADV_POPULATE_WRITE:
        return touch(address, end, advice == MADV_POPULATE_WRITE);
    case MADV_DONTNEED:
    case MADV_DONTNEED_LOCKED:
        forget_bytes(address, end);
    }
    return 0;
}

/* Shared files are mapped as the host has them: what is written is there for everybody at once. */
long sys_msync(u64 address, u64 length, u64 flags)
{
    u64 end = address + page_up(length);
    if ((address & (UB_PAGE - 1)) || (flags & ~(u64)(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) ||
        (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
        return -EINVAL;
    if (end < address || !areas_cover(address, end))
        return -ENOMEM;
    return (flags & MS_INVALIDATE) && is_locked(address, end) ? -EBUSY : 0;
}

/* Nothing is ever swapped: what a lock does is that the pages are there, and that calls which would take them
 * away fail. */

static MEMORY_STATE u32 future; /* what mlockall said of mappings to come */

static bool may_lock_all(void)
{
    return has_capability(CAP_IPC_LOCK);
}

static u64 locked_bytes(u64 start, u64 end)
{
    u64 bytes = 0;
    for (u64 i = area_after(start); i < area_count && areas[i].start < end; i++)
        if (areas[i].flags & UB_AREA_LOCKED)
            bytes +=
                (areas[i].end < end ? areas[i].end : end) - (areas[i].start > start ? areas[i].start : start);
    return bytes;
}

/* Whether so many more bytes would be more than the process may lock. */
static bool beyond_lock_limit(u64 more)
{
    u64 limit = limits[RLIMIT_MEMLOCK].current;
    return !may_lock_all() && limit != RLIM_INFINITY && locked_bytes(0, UB_STACK_TOP) + more > limit;
}

/* -EPERM: not a single byte. */
static long may_lock(void)
{
    return may_lock_all() || limits[RLIMIT_MEMLOCK].current ? 0 : -EPERM;
}

/* Brings in the pages of an area's part, as far as it is known that there is memory for them. */
static long bring_in(const struct ub_area *area, u64 start, u64 end)
{
    u64 missing = 0;
    if (!(area->prot & (PROT_READ | PROT_WRITE | PROT_EXEC)))
        return -ENOMEM;
    for (u64 at = start; at < end; at += UB_PAGE)
        missing += !(page_peek(at) & UB_PTE_OWNED);
    if (!area->backing && missing + missing / 512 + 1 > frames_free())
        return -ENOMEM;
    return touch(start, end, (area->prot & PROT_WRITE) && !(area->flags & UB_AREA_SHARED)) ? -ENOMEM : 0;
}

static long bring_in_all(u64 start, u64 end)
{
    long result = 0;
    for (u64 at = start; at < end && !result;) {
        struct ub_area area = areas[area_after(at)]; /* a copy: faults move the table */
        result = bring_in(&area, at, area.end < end ? area.end : end);
        at = area.end;
    }
    return result;
}

static long set_locked(u64 start, u64 end, bool locked)
{
    if (!areas_split(start) || !areas_split(end))
        return -ENOMEM;
    for (u64 i = area_after(start); i < area_count && areas[i].start < end; i++)
        areas[i].flags = (areas[i].flags & ~(u32)UB_AREA_LOCKED) | (locked ? UB_AREA_LOCKED : 0);
    area_merge(area_after(end - 1));
    area_merge(area_after(start));
    return 0;
}

/* The whole pages of a range: -EINVAL if there is no such, -ENOMEM if not all of it is mapped. */
static long whole_pages(u64 address, u64 length, u64 *start, u64 *end)
{
    *start = address & ~(u64)(UB_PAGE - 1);
    *end = *start + page_up(length + (address - *start));
    return *end < *start || length + (address - *start) < length ? -EINVAL
           : areas_cover(*start, *end)                           ? 0
                                                                 : -ENOMEM;
}

long sys_mlock2(u64 address, u64 length, u64 flags)
{
    u64 start, end;
    if (flags & ~(u64)MLOCK_ONFAULT)
        return -EINVAL;
    long result = may_lock();
    if (!result)
        result = whole_pages(address, length, &start, &end);
    if (result || start == end)
        return result;
    if (beyond_lock_limit(end - start - locked_bytes(start, end)))
        return -ENOMEM;
    result = set_locked(start, end, true);
    return result || (flags & MLOCK_ONFAULT) ? result : bring_in_all(start, end);
}

long sys_mlock(u64 address, u64 length)
{
    return sys_mlock2(address, length, 0);
}

long sys_munlock(u64 address, u64 length)
{
    u64 start, end;
    long result = whole_pages(address, length, &start, &end);
    return result || start == end ? result : set_locked(start, end, false);
}

long sys_mlockall(u64 flags)
{
    if (!flags || flags == MCL_ONFAULT || (flags & ~(u64)(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)))
        return -EINVAL;
    long result = may_lock();
    if (result)
        return result;
    u64 bytes = 0;
    for (u64 i = 0; i < area_count; i++)
        bytes += areas[i].flags & UB_AREA_LOCKED ? 0 : areas[i].end - areas[i].start;
    if ((flags & MCL_CURRENT) && beyond_lock_limit(bytes))
        return -ENOMEM;
    future = (u32)flags & MCL_FUTURE ? (u32)flags : 0;
    for (u64 i = 0; (flags & MCL_CURRENT) && i < area_count; i++)
        areas[i].flags |= UB_AREA_LOCKED;
    for (u64 at = 0; (flags & MCL_CURRENT) && !(flags & MCL_ONFAULT) && area_after(at) < area_count;) {
        struct ub_area area = areas[area_after(at)];
        bring_in(&area, area.start, area.end); /* as far as it goes */
        at = area.end;
    }
    return 0;
}

long sys_munlockall(void)
{
    future = 0;
    memory_unlocked();
    return 0;
}

/* A child, or another program, has no locks. */
void memory_unlocked(void)
{
    future = 0;
    for (u64 i = 0; i < area_count; i++)
        areas[i].flags &= ~(u32)UB_AREA_LOCKED;
}

/* Whether that many bytes may be mapped, which may have to be locked at once. */
long lock_allows(u64 bytes, bool asked)
{
    if (!asked && !future)
        return 0;
    long result = asked ? may_lock() : 0;
    return result ? result : beyond_lock_limit(bytes) ? -EAGAIN : 0;
}

/* Something was mapped: it is locked and brought in if that was asked for, now or for all. */
void lock_mapped(u64 start, u64 end, bool asked, bool populate)
{
    if ((asked || future) && set_locked(start, end, true))
        return;
    if (populate || asked || (future && !(future & MCL_ONFAULT)))
        bring_in_all(start, end);
}

/* mincore: one byte a page, 1 where a frame is. */
long sys_mincore(u64 address, u64 length, u64 vector)
{
    u64 end = address + page_up(length);
    if (address & (UB_PAGE - 1))
        return -EINVAL;
    if (end < address || page_up(length) < length || !areas_cover(address, end))
        return -ENOMEM;
    for (u64 at = address; at < end; at += UB_PAGE) {
        u8 resident = (page_peek(at) & UB_PTE_OWNED) != 0;
        if (copy_out(vector + (at - address) / UB_PAGE, &resident, 1))
            return -EFAULT;
    }
    return 0;
}
