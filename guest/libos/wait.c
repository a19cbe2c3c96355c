/* The calls that wait for time or for many descriptors. */
#include "libos.h"

/* Sleeps until a point of CLOCK_MONOTONIC; -ERESTARTNOHAND when a signal comes first. */
static long sleep_until(u64 deadline)
{
    while (clock_monotonic() < deadline) {
        u64 ticket = ub_control.unpark_seq;
        if (ub_control.pending && signal_waiting())
            return -ERESTARTNOHAND;
        if (park(ticket, deadline, 0) < 0)
            return -ERESTARTNOHAND;
    }
    return 0;
}

long sys_pause(void);

long sys_clock_nanosleep(u64 clock, u64 flags, u64 request, u64 remaining)
{
    u64 ns;
    long result = time_from_user(request, &ns);
    if (result)
        return result;
    /* The time of a thread, MONOTONIC_RAW and the coarse ones only tell the time; nothing here wakes a machine that sleeps. */
    if ((clock >= 3 && clock <= 6) || clock == 8 || clock == 9)
        return -EOPNOTSUPP;
    if (clock == 2) /* the CPU time of who sleeps does not go on */
        return ns || (flags & 1) ? sys_pause() : 0;
    if (clock == 11) /* TAI, which the host never sets apart */
        clock = 0;
    if (clock != 0 && clock != 1 && clock != 7)
        return -EINVAL;
    u64 now = clock_monotonic();
    if (flags & 1) {
        u64 offset = clock == 0   ? (u64)ub_system.realtime_offset_ns
                     : clock == 7 ? (u64)ub_system.boottime_offset_ns
                                  : 0;
        return sleep_until(ns > offset ? ns - offset : 0) ? -ERESTARTNOHAND : 0;
    }
    u64 deadline = wait_deadline(now + ns < now ? ~0UL : now + ns);
    if (!sleep_until(deadline))
        return 0;
    now = clock_monotonic();
    u64 left = deadline > now ? deadline - now : 0;
    struct timespec rest = {(int64_t)(left / 1000000000), (int64_t)(left % 1000000000)};
    if (remaining && copy_out(remaining, &rest, sizeof rest))
        return -EFAULT;
    return wait_interrupted(deadline);
}

long sys_nanosleep(u64 request, u64 remaining)
{
    return sys_clock_nanosleep(1, 0, request, remaining);
}

long sys_pause(void)
{
    for (;;) {
        u64 ticket = ub_control.unpark_seq;
        if (ub_control.pending && signal_waiting())
            return -ERESTARTNOHAND;
        park(ticket, 0, 0);
    }
}

long sys_sched_yield(void)
{
    HC0(UB_HC_YIELD);
    return 0;
}

/* What a look at descriptors gathers for the monitor: questions in the bounce buffer, and rings to sleep for.
 */
struct look {
    u64 item; /* whose descriptor is being looked at */
    u64 hosts, slots, until;
    u64 listed[UB_WINDOW_SLOTS / 64]; /* rings that are among the slots */
    bool arm;
};
#define QUESTIONS (UB_BOUNCE_SIZE / sizeof(struct ub_poll))
SCRATCH static u16 asked_for[QUESTIONS]; /* the item of each question */

static void ask(struct look *look, u32 handle, short events)
{
    if (look->hosts < QUESTIONS) {
        ((struct ub_poll *)ub_bounce)[look->hosts] = (struct ub_poll){handle, events, 0};
        asked_for[look->hosts] = (u16)look->item;
    }
    look->hosts++;
}

static void list(struct look *look, u32 slot)
{
    if (!(look->listed[slot / 64] >> slot % 64 & 1))
        ub_control.park_slots[look->slots++] = (u16)slot;
    look->listed[slot / 64] |= 1UL << slot % 64;
}

static void arm(struct look *look, const struct kind *kind, struct ub_descriptor *d)
{
    u32 armed = kind->arm(d, &look->until), slot = armed % ARM_PAIR;
    if (slot == UB_SOCKET_NO_SLOT)
        return; /* it is ready */
    list(look, slot);
    if (armed & ARM_PAIR)
        list(look, slot ^ 1);
}

static bool look_into(struct look *look, struct ub_descriptor *set);

/* Events that the library OS knows of itself; the monitor is to be asked for the others. A set is readable if
 * something in it is ready, and stays so until that is reported by the set itself. */
static short look_at(struct look *look, struct ub_descriptor *d, short events, u64 seen)
{
    const struct kind *kind = kind_of(d);
    if (d->kind == UB_FD_EPOLL)
        return (events & (POLLIN | POLLRDNORM)) && look_into(look, d) ? (POLLIN | POLLRDNORM) & events : 0;
    if (!kind->poll) {
        ask(look, d->handle, events);
        return 0;
    }
    if (look->arm && kind->arm)
        arm(look, kind, d);
    return seen && kind->progress && kind->progress(d, events) == seen
               ? 0
               : kind->poll(d) & (events | POLLERR | POLLHUP);
}

static bool look_into(struct look *look, struct ub_descriptor *set)
{
    short found = 0;
    for (u32 i = 0; i < epoll_count(set); i++) {
        struct pollfd member;
        u64 seen;
        struct ub_descriptor *of = epoll_member(set, i, &member, &seen) ? descriptor((u64)member.fd) : 0;
        if (of)
            found |= look_at(look, of, member.events | UB_POLL_KEEP, seen);
    }
    return found != 0;
}

/*
 * The heart of poll and select: fills revents, returns how many are set; waits until the deadline (0: for
 * ever, 1: not at all). Descriptors that the monitor keeps are asked with one call, which also waits. A pipe
 * whose progress is still what was seen has no events; seen may be 0.
 */
long poll_wait(struct pollfd *fds, const u64 *seen, u64 count, u64 deadline)
{
    const struct ub_poll *asked = (const struct ub_poll *)ub_bounce;
    for (;;) {
        u64 ticket = ub_control.unpark_seq;
        struct look look;
        long ready = 0;
        for (int pass = 0; pass < 2 && !ready; pass++) {
            /* First look; then raise the flags and look again, as ring.c explains. */
            look = (struct look){.arm = pass == 1};
            for (u64 i = 0; i < count; i++) {
                fds[i].revents = 0;
                if (fds[i].fd < 0)
                    continue;
                struct ub_descriptor *d = descriptor((u64)fds[i].fd);
                look.item = i;
                fds[i].revents =
                    !d || is_path(d) ? POLLNVAL : look_at(&look, d, fds[i].events, seen ? seen[i] : 0);
                ready += fds[i].revents != 0;
            }
            if (look.hosts > QUESTIONS)
                return -ENOMEM;
            if (deadline == 1)
                break;
        }
        bool expired = deadline && clock_monotonic() >= deadline,
             interrupted = ub_control.pending && signal_waiting();
        bool look_only = ready || expired || interrupted;
        if (look.hosts || !look_only) {
            u64 until = look.until; /* look again by then, whatever the deadline */
            if (!until || (deadline && deadline < until))
                until = deadline;
            going_to_sleep();
            long found = hypercall(UB_HC_PARK, ticket, look_only ? 1 : until, look.slots, look.hosts, 0, 0);
            if (found < 0)
                return found;
            for (u64 at = 0; at < look.hosts && found; at++) {
                struct pollfd *of = &fds[asked_for[at]];
                if (!asked[at].revents)
                    continue;
                ready += !of->revents;
                of->revents |= descriptor((u64)of->fd)->kind == UB_FD_HOST
                                   ? asked[at].revents
                                   : (POLLIN | POLLRDNORM) & of->events;
            }
        }
        if (ready || expired)
            return ready;
        if (interrupted)
            return -ERESTARTNOHAND;
    }
}

SCRATCH struct pollfd poll_buffer[UB_DESCRIPTORS];

static long poll_user(u64 user, u64 count, u64 deadline)
{
    if (count > limits[RLIMIT_NOFILE].current || count > UB_DESCRIPTORS)
        return -EINVAL;
    if (copy_in(poll_buffer, user, count * sizeof(struct pollfd)))
        return -EFAULT;
    long result = poll_wait(poll_buffer, 0, count, deadline);
    if (result >= 0 && copy_out(user, poll_buffer, count * sizeof(struct pollfd)))
        return -EFAULT;
    return result;
}

long sys_poll(u64 user, u64 count, u64 timeout_ms)
{
    int32_t ms = (int32_t)timeout_ms;
    u64 deadline = wait_deadline(ms < 0 ? 0 : deadline_after((u64)ms * 1000000));
    long result = poll_user(user, count, deadline);
    return result == -ERESTARTNOHAND ? wait_interrupted(deadline) : result;
}

/* Runs a wait under another signal mask; the mask comes back when the handlers have run (signal.c). */
long with_mask(u64 mask, u64 size, u64 *old)
{
    u64 set;
    if (!mask)
        return 0;
    if (size != 8)
        return -EINVAL;
    if (copy_in(&set, mask, 8))
        return -EFAULT;
    *old = signal_exchange_mask(set);
    return 0;
}

void without_mask(u64 mask, u64 old, long result)
{
    if (!mask)
        return;
    if (result == -ERESTARTNOHAND)
        signal_restore_after_delivery(old);
    else
        signal_exchange_mask(old);
}

/* Linux writes back how much of a timeout is left; where it cannot, it says nothing. */
static void write_rest(u64 timeout, u64 deadline, u64 unit)
{
    u64 now = clock_monotonic(), left = deadline > now ? deadline - now : 0;
    u64 rest[2] = {left / 1000000000, left % 1000000000 / unit};
    if (timeout && deadline)
        copy_out(timeout, rest, sizeof rest);
}

long sys_ppoll(u64 user, u64 count, u64 timeout, u64 mask, u64 mask_size)
{
    u64 deadline = 0, ns, old = 0;
    if (timeout) {
        long result = time_from_user(timeout, &ns);
        if (result)
            return result;
        deadline = deadline_after(ns);
    }
    long result = with_mask(mask, mask_size, &old);
    if (result)
        return result;
    result = poll_user(user, count, deadline);
    write_rest(timeout, deadline, 1);
    without_mask(mask, old, result);
    return result;
}

/* select: three bit sets become one list of pollfd and back. */
static long select_sets(u64 count, u64 *users, u64 deadline)
{
    static const short wanted[3] = {POLLIN | POLLHUP | POLLERR, POLLOUT | POLLERR, POLLPRI};
    SCRATCH static u64 sets[3][UB_DESCRIPTORS / 64];
    if (count > UB_DESCRIPTORS)
        count = UB_DESCRIPTORS;
    u64 bytes = (count + 63) / 64 * 8, entries = 0;
    for (int s = 0; s < 3; s++) {
        memset(sets[s], 0, sizeof sets[s]);
        if (users[s] && copy_in(sets[s], users[s], bytes))
            return -EFAULT;
    }
    for (u64 fd = 0; fd < count; fd++) {
        short events = 0;
        for (int s = 0; s < 3; s++)
            if (sets[s][fd / 64] >> (fd % 64) & 1)
                events |= wanted[s];
        if (!events)
            continue;
        if (!descriptor(fd))
            return -EBADF;
        poll_buffer[entries++] = (struct pollfd){(int32_t)fd, events, 0};
    }
    long result = poll_wait(poll_buffer, 0, entries, deadline);
    if (result < 0)
        return result;
    for (int s = 0; s < 3; s++)
        memset(sets[s], 0, sizeof sets[s]);
    result = 0;
    for (u64 i = 0; i < entries; i++)
        for (int s = 0; s < 3; s++)
            if ((poll_buffer[i].revents & wanted[s]) && (poll_buffer[i].events & wanted[s]) == wanted[s]) {
                sets[s][(u32)poll_buffer[i].fd / 64] |= 1UL << (poll_buffer[i].fd % 64);
                result++;
            }
    for (int s = 0; s < 3; s++)
        if (users[s] && copy_out(users[s], sets[s], bytes))
            return -EFAULT;
    return result;
}

long sys_select(u64 count, u64 readers, u64 writers, u64 others, u64 timeout)
{
    u64 users[3] = {readers, writers, others}, deadline = 0;
    if ((int)count < 0)
        return -EINVAL;
    if (timeout) {
        struct timeval limit;
        if (copy_in(&limit, timeout, sizeof limit))
            return -EFAULT;
        if (limit.tv_sec < 0 || limit.tv_usec < 0)
            return -EINVAL;
        deadline = deadline_after((u64)limit.tv_sec * 1000000000 + (u64)limit.tv_usec * 1000);
    }
    long result = select_sets(count, users, deadline);
    write_rest(timeout, deadline, 1000);
    return result;
}

long sys_pselect6(u64 count, u64 readers, u64 writers, u64 others, u64 timeout, u64 mask_argument)
{
    u64 users[3] = {readers, writers, others}, deadline = 0, ns, old = 0;
    u64 mask[2] = {0, 0};
    if ((int)count < 0)
        return -EINVAL;
    if (timeout) {
        long bad = time_from_user(timeout, &ns);
        if (bad)
            return bad;
        deadline = deadline_after(ns);
    }
    if (mask_argument && copy_in(mask, mask_argument, sizeof mask))
        return -EFAULT;
    long result = with_mask(mask[0], mask[1], &old);
    if (result)
        return result;
    result = select_sets(count, users, deadline);
    write_rest(timeout, deadline, 1);
    without_mask(mask[0], old, result);
    return result;
}
