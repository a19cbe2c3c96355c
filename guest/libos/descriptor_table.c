/* The descriptors of one process, whatever they are of. */
#include "libos.h"

_Static_assert(UB_DESCRIPTORS * sizeof(struct ub_descriptor) <= UB_TABLES_OFFSET - UB_DESCRIPTORS_OFFSET,
               "room for the descriptors");

/* What the monitor returned for something that it keeps. */
struct ub_descriptor host_descriptor(long opened, u64 flags)
{
    return (struct ub_descriptor){
        .kind = UB_FD_HOST,
        .close_on_exec = (flags & O_CLOEXEC) != 0,
        .slot = (opened & UB_OPEN_REGULAR ? HOST_REGULAR : 0) | (opened & UB_OPEN_SET ? HOST_EPOLL : 0) |
                (opened & UB_OPEN_DATAGRAMS ? HOST_DATAGRAMS : 0) | (flags & O_PATH ? HOST_PATH : 0),
        .handle = (u32)opened & ~(u32)(UB_OPEN_REGULAR | UB_OPEN_SET | UB_OPEN_DATAGRAMS)};
}

int descriptor_new(u64 lowest)
{
    for (u64 fd = lowest; fd < limits[RLIMIT_NOFILE].current && fd < UB_DESCRIPTORS; fd++)
        if (!descriptor(fd)) {
            descriptors_reach(fd);
            return (int)fd;
        }
    return -EMFILE;
}

/* The table comes to have an entry for that number. */
void descriptors_reach(u64 fd)
{
    while (ub_control.descriptors <= fd)
        descriptors[ub_control.descriptors++] = (struct ub_descriptor){0};
}

/* Free entries at the table's end are given up, so that fork does not copy them. */
void descriptors_shrink(void)
{
    while (ub_control.descriptors && descriptors[ub_control.descriptors - 1].kind == UB_FD_FREE)
        ub_control.descriptors--;
}

static bool reading; /* there may be files that were opened for reading since the last fork */

/* Marks one that was just opened. */
void descriptor_reads(struct ub_descriptor *d)
{
    d->slot |= HOST_READS;
    reading = true;
}

/* A fork is about to share what is open: when such a file ends is everybody's affair who holds it. */
void descriptors_shared(void)
{
    for (u32 fd = 0; reading && fd < ub_control.descriptors; fd++)
        if (descriptors[fd].kind == UB_FD_HOST)
            descriptors[fd].slot &= (u16)~HOST_READS;
    reading = false;
}

/* fstat of what has no file. */
long bare_stat(u64 number, u32 mode, u64 user)
{
    struct stat status = {.dev = 15,
                          .ino = number,
                          .nlink = 1,
                          .mode = mode,
                          .uid = ub_control.euid,
                          .gid = ub_control.egid,
                          .blksize = UB_PAGE};
    return copy_out(user, &status, sizeof status);
}
