/* Who is told by a signal of what happens to an open file: F_SETOWN, F_SETSIG; leases; F_NOTIFY. The monitor
 * keeps all of it. */
#include "libos.h"

struct owner {
    int32_t kind, id;
};

/* EINVAL for what no signal ever comes from: epoll sets and signal descriptors. */
static long ask(struct ub_descriptor *d, u64 command, u64 argument)
{
    long number = kind_of(d)->number(d);
    return number < 0 ? number : HC3(UB_HC_OWNER, number, command, argument);
}

static u64 two(u32 low, u32 high)
{
    return (u64)high << 32 | low;
}

static long set_owner(struct ub_descriptor *d, int kind, int id)
{
    return ask(d, F_SETOWN_EX, two((u32)kind, (u32)id));
}

static long get_owner(struct ub_descriptor *d, struct owner *owner)
{
    long result = ask(d, F_GETOWN_EX, 0);
    *owner = (struct owner){(int32_t)result, (int32_t)(result >> 32)};
    return result < 0 ? result : 0;
}

long owner_call(struct ub_descriptor *d, u64 fd, u64 command, u64 argument)
{
    struct owner owner;
    long result;
    int who = (int)argument;
    if (is_path(d))
        return -EBADF;
    switch (command) {
    case F_SETOWN:
        if (who == (int)0x80000000)
            return -EINVAL;
        return who < 0 ? set_owner(d, F_OWNER_PGRP, -who) : set_owner(d, F_OWNER_PID, who);
    case F_GETOWN:
        result = get_owner(d, &owner);
        return result ? result : owner.kind == F_OWNER_PGRP ? -owner.id : owner.id;
    case F_SETOWN_EX:
        return copy_in(&owner, argument, sizeof owner) ? -EFAULT : set_owner(d, owner.kind, owner.id);
    case F_GETOWN_EX:
        result = get_owner(d, &owner);
        return result ? result : copy_out(argument, &owner, sizeof owner);
    case F_NOTIFY:
        return kind_of(d)->number(d) < 0 ? -ENOTDIR : ask(d, command, two((u32)argument, (u32)fd));
    case F_SETLEASE:
        return ask(d, command, two((u32)argument, (u32)fd));
    default: /* F_SETSIG, F_GETSIG, F_GETLEASE */
        return ask(d, command, two((u32)argument, 0));
    }
}
