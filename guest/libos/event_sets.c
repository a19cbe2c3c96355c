/*
 * Descriptors of this process's own making: epoll sets and signal descriptors. What is in a set is here; what waits for it is
 * above (events.c).
 */
#include "libos.h"

struct ub_event_set event_sets[UB_EVENT_SETS];
u32 own_sets;

long event_set_new(u8 kind, u64 flags)
{
    int fd = descriptor_new(0);
    if (fd < 0)
        return fd;
    for (u32 slot = 0; slot < UB_EVENT_SETS; slot++)
        if (!event_sets[slot].holders) {
            event_sets[slot] = (struct ub_event_set){
                .holders = 1, .mapped = event_sets[slot].mapped, .non_blocking = (flags & O_NONBLOCK) != 0};
            own_sets += kind == UB_FD_EPOLL;
            descriptors[fd] = (struct ub_descriptor){kind, (flags & O_CLOEXEC) != 0, (u16)slot, 0};
            return fd;
        }
    return -EMFILE;
}

void event_hold(struct ub_descriptor *d)
{
    event_sets[d->slot].holders++;
}

void event_release(struct ub_descriptor *d)
{
    if (!--event_sets[d->slot].holders)
        own_sets -= d->kind == UB_FD_EPOLL;
}

long event_flags(struct ub_descriptor *d)
{
    return O_RDWR | (event_sets[d->slot].non_blocking ? O_NONBLOCK : 0);
}

/* Nobody is told by a signal of what happens here: O_ASYNC is heard, and not kept. */
long event_set_flags(struct ub_descriptor *d, u64 fd, u64 flags)
{
    event_sets[d->slot].non_blocking = (flags & O_NONBLOCK) != 0;
    return 0;
}

long event_control(struct ub_descriptor *d, u64 command, u64 argument)
{
    return command == F_GETPIPE_SZ || command == F_SETPIPE_SZ ? -EBADF : -EINVAL;
}

long event_stat(struct ub_descriptor *d, u64 user)
{
    return bare_stat(1, 0600, user);
}

/* Another descriptor of the same file, pipe or set; UB_DESCRIPTORS: none. */
static u32 duplicate_of(u32 fd, const struct ub_descriptor *old)
{
    for (u32 other = 0; other < ub_control.descriptors; other++)
        if (other != fd && descriptors[other].kind == old->kind && descriptors[other].slot == old->slot &&
            (is_pipe(old) || descriptors[other].handle == old->handle))
            return other;
    return UB_DESCRIPTORS;
}

/* Whether something is still open that was closed under one number. */
bool is_open_elsewhere(u32 fd, const struct ub_descriptor *old)
{
    return duplicate_of(fd, old) < UB_DESCRIPTORS;
}

/* What was closed leaves every set, unless a duplicate is still open: then that one is watched. */
void epoll_forget(u32 fd, const struct ub_descriptor *old)
{
    for (u32 slot = 0; slot < UB_EVENT_SETS; slot++)
        for (u32 i = 0; event_sets[slot].holders && i < event_sets[slot].count; i++) {
            if (interests(slot)[i].number != fd)
                continue;
            u32 other = duplicate_of(fd, old);
            if (other < UB_DESCRIPTORS)
                interests(slot)[i].number = other;
            else
                interests(slot)[i--] = interests(slot)[--event_sets[slot].count];
        }
}

/* After exec the tables' memory is gone: sets that are still open are empty. */
void events_exec(void)
{
    for (u32 slot = 0; slot < UB_EVENT_SETS; slot++)
        event_sets[slot].count = event_sets[slot].mapped = 0;
}

bool event_set_room(u32 slot)
{
    struct ub_event_set *set = &event_sets[slot];
    if (set->count < set->mapped)
        return true;
    if (set->count == UB_INTERESTS || !private_page((u64)(interests(slot) + set->mapped)))
        return false;
    set->mapped += UB_PAGE / sizeof(struct ub_interest);
    return true;
}

u32 epoll_count(struct ub_descriptor *d)
{
    return event_sets[d->slot].count;
}

/* What an edge-triggered pipe had at its last report is no news; the monitor knows of its descriptors. */
bool epoll_member(struct ub_descriptor *d, u32 index, struct pollfd *member, u64 *seen)
{
    struct ub_interest *interest = &interests(d->slot)[index];
    bool edge = interest->events & (u32)EPOLLET;
    *seen = edge ? interest->seen : 0;
    *member = (struct pollfd){(int32_t)interest->number,
                              (int16_t)((interest->events & POLL_EVENTS) | (edge ? UB_POLL_EDGE : 0)), 0};
    return interest->events & POLL_EVENTS; /* else it is EPOLLONESHOT, and has been shot */
}

/* What a read of a signal descriptor gives. */
struct signalfd_siginfo {
    u32 signo;
    int32_t error, code;
    u32 pid, uid;
    int32_t fd;
    u32 tid, band, overrun, trapno;
    int32_t status, int_value;
    u64 pointer, utime, stime, address;
    u8 pad[48];
};
_Static_assert(sizeof(struct signalfd_siginfo) == 128, "struct signalfd_siginfo");

short signalfd_poll(struct ub_descriptor *d)
{
    return signal_pending(event_sets[d->slot].mask) ? POLLIN | POLLRDNORM : 0;
}

long signalfd_read(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    u64 done = 0;
    if (bytes < sizeof(struct signalfd_siginfo))
        return -EINVAL;
    while (bytes - done >= sizeof(struct signalfd_siginfo)) {
        u64 ticket = __atomic_load_n(&ub_control.unpark_seq, __ATOMIC_SEQ_CST);
        struct siginfo info;
        if (signal_take(event_sets[d->slot].mask, &info)) {
            struct signalfd_siginfo out = {.signo = (u32)info.signo, .code = info.code};
            out.pid = (u32)info.sender.pid;
            out.uid = (u32)info.sender.uid;
            if (info.signo == SIGCHLD)
                out.status = info.child.status;
            else
                out.int_value = (int32_t)(out.pointer = info.sender.value);
            if (copy_out(buffer + done, &out, sizeof out))
                return -EFAULT;
            done += sizeof out;
            continue;
        }
        if (done)
            break;
        if (event_sets[d->slot].non_blocking)
            return -EAGAIN;
        if (signal_waiting())
            return -ERESTARTSYS;
        park(ticket, 0, 0);
    }
    return (long)done;
}
