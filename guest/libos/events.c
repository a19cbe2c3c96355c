/*
 * The calls on descriptors that are no files: epoll, and signal descriptors, which live in the library OS (event_sets.c);
 * eventfd, timerfd, memfd and inotify are the host's, made by the monitor.
 *
 * An epoll set is a table of this process's until others may share it: at fork, and where exec keeps it, the
 * monitor takes it over (shared_sets.c), with members that are open files and not numbers. So waiting for a set that nobody
 * else has seen makes no exit while something is ready.
 */
#include "libos.h"

SCRATCH static u64 poll_seen[UB_DESCRIPTORS];

#define NESTED_MOST 4 /* links in a chain of sets */

static struct ub_descriptor *set_in(u32 slot, u32 index)
{
    struct ub_descriptor *d = descriptor(interests(slot)[index].number);
    return d && d->kind == UB_FD_EPOLL ? d : 0;
}

/* Links of the longest chain below a set; more than NESTED_MOST if it leads to the unwanted one. */
static int chain_below(u32 slot, u32 unwanted)
{
    int longest = slot == unwanted ? NESTED_MOST + 1 : 0;
    for (u32 i = 0; i < event_sets[slot].count && longest <= NESTED_MOST; i++) {
        struct ub_descriptor *d = set_in(slot, i);
        int below = d ? 1 + chain_below(d->slot, unwanted) : 0;
        longest = below > longest ? below : longest;
    }
    return longest;
}

static int chain_above(u32 slot)
{
    int longest = 0;
    for (u32 other = 0; other < UB_EVENT_SETS; other++)
        for (u32 i = 0; event_sets[other].holders && i < event_sets[other].count; i++) {
            struct ub_descriptor *d = set_in(other, i);
            int above = d && d->slot == slot ? 1 + chain_above(other) : 0;
            longest = above > longest ? above : longest;
        }
    return longest;
}

long sys_epoll_create1(u64 flags)
{
    return flags & ~(u64)O_CLOEXEC ? -EINVAL : event_set_new(UB_FD_EPOLL, flags);
}

long sys_epoll_create(u64 size)
{
    return (int)size <= 0 ? -EINVAL : sys_epoll_create1(0);
}

/* What can be polled: 0, or -EPERM. Edges: the monitor watches for them from now on. */
static long watch(u64 fd, bool edges)
{
    struct ub_descriptor *d = descriptor(fd);
    return is_regular(d) ? -EPERM : d->kind == UB_FD_HOST ? file_call(NR_epoll_ctl, fd, edges, 0, 0) : 0;
}

long sys_epoll_ctl(u64 epoll, u64 operation, u64 fd, u64 user)
{
    const u32 with_exclusive =
        EPOLLIN | POLLOUT | EPOLLERR | EPOLLHUP | EPOLLWAKEUP | EPOLLEXCLUSIVE | (u32)EPOLLET;
    struct ub_descriptor *e = descriptor(epoll), *d = descriptor(fd);
    struct epoll_event event = {0, 0};
    if (operation != EPOLL_CTL_DEL && copy_in(&event, user, sizeof event))
        return -EFAULT;
    if (!e || !d || is_path(e) || is_path(d))
        return -EBADF;
    bool nested = is_set(d), edges = event.events & (u32)EPOLLET;
    if (!is_set(e) ||
        (e->kind == d->kind && nested && (is_shared_set(e) ? e->handle == d->handle : e->slot == d->slot)) ||
        operation < EPOLL_CTL_ADD || operation > EPOLL_CTL_MOD)
        return is_regular(d) ? -EPERM : -EINVAL;
    if (operation != EPOLL_CTL_DEL && (event.events & EPOLLEXCLUSIVE) &&
        (operation == EPOLL_CTL_MOD || nested || (event.events & ~with_exclusive)))
        return -EINVAL;
    struct ub_interest wanted = {(u32)fd, event.events | EPOLLERR | EPOLLHUP, event.data, 0, 0};
    if (is_shared_set(e))
        return is_regular(d) ? -EPERM : shared_set_control(e, (u32)operation, (u32)fd, &wanted);
    struct ub_event_set *set = &event_sets[e->slot];
    struct ub_interest *list = interests(e->slot);
    u32 at = 0;
    while (at < set->count && list[at].number != (u32)fd)
        at++;
    bool known = at < set->count;
    if (!known || (edges && operation != EPOLL_CTL_DEL)) {
        long result = watch(fd, edges && (known || operation == EPOLL_CTL_ADD));
        if (result)
            return result;
    }
    if (operation == EPOLL_CTL_ADD) {
        if (known)
            return -EEXIST;
        if (d->kind == UB_FD_EPOLL && chain_below(d->slot, e->slot) + 1 + chain_above(e->slot) > NESTED_MOST)
            return -ELOOP;
        if (!event_set_room(e->slot))
            return -ENOMEM;
        set->count++;
    } else if (!known) {
        return -ENOENT;
    }
    if (operation == EPOLL_CTL_MOD && (list[at].events & EPOLLEXCLUSIVE))
        return -EINVAL;
    if (operation == EPOLL_CTL_DEL)
        list[at] = list[--set->count];
    else
        list[at] = wanted;
    return 0;
}

/* Interests that poll found ready become events; those that found no room here come first the next time. */
static long report(u32 slot, u64 entries, u64 user, u64 most)
{
    long count = 0;
    struct ub_interest *list = interests(slot);
    u64 start = event_sets[slot].next < entries ? event_sets[slot].next : 0;
    event_sets[slot].next = 0;
    for (u64 n = 0; n < entries; n++) {
        u64 i = (start + n) % entries;
        u32 at = 0;
        while (at < event_sets[slot].count && list[at].number != (u32)poll_buffer[i].fd)
            at++;
        if (!poll_buffer[i].revents || at == event_sets[slot].count)
            continue;
        struct epoll_event event = {(u16)poll_buffer[i].revents & list[at].events, list[at].data};
        if (!event.events)
            continue;
        if ((u64)count == most) {
            event_sets[slot].next = (u32)i;
            break;
        }
        if (copy_out(user + (u64)count * sizeof event, &event, sizeof event))
            return count ? count : -EFAULT;
        struct ub_descriptor *d = descriptor(list[at].number);
        if ((list[at].events & (u32)EPOLLET) && d && kind_of(d)->progress)
            list[at].seen = kind_of(d)->progress(d, (short)list[at].events);
        if (list[at].events & EPOLLONESHOT)
            list[at].events &= ~(u32)POLL_EVENTS;
        count++;
    }
    return count;
}

static long epoll_wait(u64 epoll, u64 user, u64 most, u64 deadline)
{
    struct ub_descriptor *e = descriptor(epoll);
    if (!e)
        return -EBADF;
    if (!is_set(e) || (int)most <= 0 || most > 0x7fffffff / sizeof(struct epoll_event))
        return -EINVAL;
    if (is_shared_set(e))
        return shared_set_wait(e, user, most, deadline);
    u64 entries = 0;
    for (u32 i = 0; i < epoll_count(e); i++)
        entries += epoll_member(e, i, &poll_buffer[entries], &poll_seen[entries]);
    long result = poll_wait(poll_buffer, poll_seen, entries, deadline);
    if (result < 0)
        return result == -ERESTARTNOHAND ? -EINTR : result;
    return result ? report(e->slot, entries, user, most) : 0;
}

static u64 milliseconds(u64 timeout)
{
    return (int)timeout < 0 ? 0 : deadline_after((u64)(int)timeout * 1000000);
}

long sys_epoll_wait(u64 epoll, u64 user, u64 most, u64 timeout)
{
    return epoll_wait(epoll, user, most, milliseconds(timeout));
}

long sys_epoll_pwait(u64 epoll, u64 user, u64 most, u64 timeout, u64 mask, u64 mask_size)
{
    u64 old = 0;
    long result = with_mask(mask, mask_size, &old);
    if (result)
        return result;
    result = epoll_wait(epoll, user, most, milliseconds(timeout));
    without_mask(mask, old, result == -EINTR ? -ERESTARTNOHAND : result);
    return result;
}

long sys_epoll_pwait2(u64 epoll, u64 user, u64 most, u64 timeout, u64 mask, u64 mask_size)
{
    u64 old = 0, deadline = 0, ns;
    long result = timeout ? time_from_user(timeout, &ns) : 0;
    if (!result && timeout)
        deadline = deadline_after(ns);
    if (!result)
        result = with_mask(mask, mask_size, &old);
    if (result)
        return result;
    result = epoll_wait(epoll, user, most, deadline);
    without_mask(mask, old, result == -EINTR ? -ERESTARTNOHAND : result);
    return result;
}

/* signalfd */

long sys_signalfd4(u64 fd, u64 user, u64 size, u64 flags)
{
    u64 mask;
    if (size != 8 || (flags & ~(u64)(O_CLOEXEC | O_NONBLOCK)))
        return -EINVAL;
    if (copy_in(&mask, user, 8))
        return -EFAULT;
    if ((int)fd == -1) {
        long made = event_set_new(UB_FD_SIGNAL, flags);
        if (made < 0)
            return made;
        fd = (u64)made;
    }
    struct ub_descriptor *d = descriptor(fd);
    if (!d)
        return -EBADF;
    if (d->kind != UB_FD_SIGNAL)
        return -EINVAL;
    event_sets[d->slot].mask = mask & ~(1UL << (SIGKILL - 1) | 1UL << (SIGSTOP - 1));
    return (long)(u32)fd;
}

long sys_signalfd(u64 fd, u64 user, u64 size)
{
    return sys_signalfd4(fd, user, size, 0);
}

/* Descriptors that the host makes. */

static long make(u64 call, u64 a, u64 b, u64 c, u64 flags)
{
    int fd = descriptor_new(0);
    if (fd < 0)
        return fd;
    long made = hypercall(UB_HC_MAKE, call, a, b, c, 0, 0);
    if (made < 0)
        return made;
    descriptors[fd] = host_descriptor(made, flags);
    return fd;
}

long sys_eventfd2(u64 value, u64 flags)
{
    return flags & ~(u64)(O_CLOEXEC | O_NONBLOCK | 1) ? -EINVAL
                                                      : make(290, value & 0xffffffff, flags, 0, flags);
}

long sys_eventfd(u64 value)
{
    return sys_eventfd2(value, 0);
}

long sys_inotify_init1(u64 flags)
{
    return flags & ~(u64)(O_CLOEXEC | O_NONBLOCK) ? -EINVAL : make(294, flags, 0, 0, flags);
}

long sys_inotify_init(void)
{
    return sys_inotify_init1(0);
}

/* The descriptor of an inotify instance, which only the monitor knows from others of its own. */
static long instance(u64 fd, struct ub_descriptor **d)
{
    *d = descriptor(fd);
    return !*d || is_path(*d) ? -EBADF : (*d)->kind == UB_FD_HOST ? 0 : -EINVAL;
}

long sys_inotify_add_watch(u64 fd, u64 path, u64 mask)
{
    const u32 known =
        IN_ALL_EVENTS | 0xe000 | 0xf7000000; /* IN_UNMOUNT to IN_IGNORED, IN_ONLYDIR to IN_ONESHOT */
    if (!((u32)mask & known))
        return -EINVAL;
    struct ub_descriptor *d;
    long result = instance(fd, &d);
    if (!result && (mask & IN_MASK_ADD) && (mask & IN_MASK_CREATE))
        result = -EINVAL;
    return result ? result : call_path(NR_inotify_add_watch, (u64)AT_FDCWD, path, (u32)mask, d->handle, 0);
}

long sys_inotify_rm_watch(u64 fd, u64 watch)
{
    struct ub_descriptor *d;
    long result = instance(fd, &d);
    return result ? result : file_call(NR_inotify_rm_watch, fd, (u64)(int)watch, 0, 0);
}

long sys_timerfd_create(u64 clock, u64 flags)
{
    return flags & ~(u64)(O_CLOEXEC | O_NONBLOCK) ? -EINVAL : make(283, clock, flags, 0, flags);
}

long sys_timerfd_settime(u64 fd, u64 flags, u64 user, u64 old)
{
    struct itimerspec value;
    if (copy_in(&value, user, sizeof value))
        return -EFAULT;
    if ((flags & ~3UL) || value.value.tv_sec < 0 || (u64)value.value.tv_nsec >= 1000000000 ||
        value.interval.tv_sec < 0 || (u64)value.interval.tv_nsec >= 1000000000)
        return -EINVAL;
    memcpy(ub_bounce, &value, sizeof value);
    long result = file_call(NR_timerfd_settime, fd, flags, 0, 0);
    return result == 0 && old && copy_out(old, ub_bounce + sizeof value, sizeof value) ? -EFAULT : result;
}

long sys_timerfd_gettime(u64 fd, u64 user)
{
    long result = file_call(NR_timerfd_gettime, fd, 0, 0, 0);
    return result == 0 && copy_out(user, ub_bounce, sizeof(struct itimerspec)) ? -EFAULT : result;
}

long sys_memfd_create(u64 name, u64 flags)
{
    long length = user_length((const char *)name, 250);
    if (length < 0)
        return length;
    if (length == 250 || (flags & ~0x1bUL)) /* CLOEXEC, ALLOW_SEALING, NOEXEC_SEAL, EXEC */
        return -EINVAL;
    if (copy_in(ub_bounce, name, (u64)length))
        return -EFAULT;
    ub_bounce[length] = 0;
    return make(319, flags, 0, 0, flags & 1 ? O_CLOEXEC : 0);
}
