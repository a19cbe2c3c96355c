/* The descriptors of one process, whatever they are of. */
#include "libos.h"

struct ub_descriptor descriptors[UB_DESCRIPTORS];

/* What the monitor returned for something that it keeps. */
struct ub_descriptor host_descriptor(long opened, u64 flags)
{
    return (struct ub_descriptor){.kind = UB_FD_HOST,
                                  .close_on_exec = (flags & O_CLOEXEC) != 0,
                                  .slot = (opened & UB_OPEN_REGULAR ? HOST_REGULAR : 0) |
                                          (opened & UB_OPEN_SET ? HOST_EPOLL : 0) |
                                          (opened & UB_OPEN_DATAGRAMS ? HOST_DATAGRAMS : 0) |
                                          (flags & O_PATH ? HOST_PATH : 0),
                                  .handle = (u32)opened & ~(u32)(UB_OPEN_REGULAR | UB_OPEN_SET | UB_OPEN_DATAGRAMS)};
}

int descriptor_new(u64 lowest)
{
    for (u64 fd = lowest; fd < limits[RLIMIT_NOFILE].current && fd < UB_DESCRIPTORS; fd++)
        if (descriptors[fd].kind == UB_FD_FREE)
            return (int)fd;
    return -EMFILE;
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
    for (u32 fd = 0; reading && fd < UB_DESCRIPTORS; fd++)
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
