/* Calls that say something of memory that is mapped already: madvise, msync, mlock, mincore. */
#include "libos.h"

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
    for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
        if (!(areas[i].flags & AREA_SHARED) || (areas[i].flags & AREA_READ_ONLY))
            return areas[i].flags & AREA_SHARED ? -EACCES : -EINVAL;
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
    if (!areas_cover(address, end))
        return -ENOMEM;
    switch (advice) {
    case MADV_REMOVE:
        return remove_bytes(address, end);
    case MADV_DONTFORK:
        return memory_advise_fork(address, end, AREA_NO_FORK, 0);
    case MADV_DOFORK:
        return memory_advise_fork(address, end, 0, AREA_NO_FORK);
    case MADV_WIPEONFORK:
        return memory_advise_fork(address, end, AREA_WIPED, 0);
    case MADV_KEEPONFORK:
        return memory_advise_fork(address, end, 0, AREA_WIPED);
    case MADV_POPULATE_READ:
    case MADV_POPULATE_WRITE:
        return touch(address, end, advice == MADV_POPULATE_WRITE);
    }
    if (advice == MADV_DONTNEED)
        for (u64 i = area_after(address); i < area_count && areas[i].start < end; i++)
            if (!(areas[i].flags & AREA_SHARED))
                memory_discard(areas[i].start > address ? areas[i].start : address,
                               areas[i].end < end ? areas[i].end : end);
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
