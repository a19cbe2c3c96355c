/*
 * Epoll sets that processes share: open files of the monitor, whose members are open files and ends of pipes
 * as the whole family has them. A set that only its process has seen is a table of event_sets.c.
 */
#include "libos.h"

#define MEMBERS (UB_BOUNCE_SIZE / sizeof(struct ub_member))
#define EVENTS_A_CALL (UB_BOUNCE_SIZE / sizeof(struct epoll_event))

static bool any; /* such a set is, or was, among the descriptors */

/* Puts a member into the bounce buffer. */
static void put(u64 at, u32 operation, u32 fd, const struct ub_interest *wanted)
{
    const struct ub_descriptor *d = &descriptors[fd];
    ((struct ub_member *)ub_bounce)[at] = (struct ub_member){
        operation,    fd,           d->kind,
        d->slot,      d->handle,    wanted->events,
        wanted->data, wanted->seen, d->kind == UB_FD_SIGNAL ? event_sets[d->slot].mask : 0};
}

static long change(u32 handle, u64 count)
{
    return hypercall(UB_HC_FILE, NR_epoll_ctl, handle, 0, count, 0, 0);
}

static long move_members(u32 slot, u32 handle)
{
    u32 count = event_sets[slot].count;
    long result = 0;
    for (u32 from = 0; from < count && result >= 0; from += MEMBERS) {
        u32 piece = count - from < MEMBERS ? count - from : (u32)MEMBERS;
        for (u32 i = 0; i < piece; i++)
            put(i, UB_MEMBER_MOVE, interests(slot)[from + i].number, &interests(slot)[from + i]);
        result = change(handle, piece);
    }
    return result;
}

/* The monitor keeps a set from now on, and those in it. */
static long hand_over(u32 slot)
{
    for (u32 i = 0; i < event_sets[slot].count; i++) {
        const struct ub_descriptor *d = &descriptors[interests(slot)[i].number];
        long result = d->kind == UB_FD_EPOLL ? hand_over(d->slot) : 0;
        if (result < 0)
            return result;
    }
    long made = hypercall(UB_HC_MAKE, NR_epoll_create1, 0, 0, 0, 0, 0);
    if (made < 0)
        return made;
    struct ub_descriptor set = host_descriptor(made, 0);
    long result = move_members(slot, set.handle);
    if (result < 0) {
        HC1(UB_HC_HOST_CLOSE, set.handle);
        return result;
    }
    if (event_sets[slot].non_blocking)
        HC2(UB_HC_HOST_FLAGS, set.handle, O_NONBLOCK);
    for (u32 fd = 0; fd < ub_control.descriptors; fd++) {
        struct ub_descriptor *d = &descriptors[fd];
        if (d->kind != UB_FD_EPOLL || d->slot != slot)
            continue;
        event_release(d);
        set.close_on_exec = d->close_on_exec;
        *d = set;
    }
    any = true;
    return 0;
}

long set_share(struct ub_descriptor *set)
{
    return hand_over(set->slot);
}

long sets_share(bool exec)
{
    long result = 0;
    for (u32 fd = 0; own_sets && fd < ub_control.descriptors && !result; fd++)
        if (descriptors[fd].kind == UB_FD_EPOLL && !(exec && descriptors[fd].close_on_exec))
            result = hand_over(descriptors[fd].slot);
    return result;
}

long shared_set_control(struct ub_descriptor *e, u32 operation, u32 fd, const struct ub_interest *wanted)
{
    struct ub_descriptor *d = &descriptors[fd];
    if (operation == UB_MEMBER_ADD && d->kind == UB_FD_EPOLL) {
        long result = hand_over(d->slot);
        if (result < 0)
            return result;
    }
    any |= d->kind == UB_FD_SIGNAL;
    put(0, operation, fd, wanted);
    return change(e->handle, 1);
}

/* Another process may hold it, but what is pending was ours. */
void shared_sets_forget(u32 fd)
{
    for (u32 i = 0; any && i < ub_control.descriptors; i++)
        if (is_shared_set(&descriptors[i])) {
            ((struct ub_member *)ub_bounce)[0] =
                (struct ub_member){.operation = UB_MEMBER_FORGET, .number = fd, .kind = UB_FD_SIGNAL};
            change(descriptors[i].handle, 1);
        }
}

long shared_set_wait(struct ub_descriptor *e, u64 user, u64 most, u64 deadline)
{
    for (;;) {
        bool interrupted = ub_control.pending && signal_waiting();
        going_to_sleep();
        long found = hypercall(UB_HC_FILE, NR_epoll_wait, e->handle,
                               most < EVENTS_A_CALL ? most : EVENTS_A_CALL, interrupted ? 1 : deadline, 0, 0);
        if (found > 0)
            return copy_out(user, ub_bounce, (u64)found * sizeof(struct epoll_event)) ? -EFAULT : found;
        if (found < 0 && found != -ERESTARTSYS)
            return found;
        if (interrupted)
            return deadline == 1 ? 0 : -EINTR;
        if (!found)
            return 0;
    }
}
