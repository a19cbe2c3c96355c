/*
 * Kind: a socket that processes of the family have among themselves. The monitor keeps it, by its handle: names, options, who listens, who
 * waits to be accepted. A connection is a pair of rings (unibench_abi.h), so what is sent makes no exit. Which rings these are a
 * process learns when it connects or accepts, and asks for where another one did that; until then its descriptor has no slot.
 */
#include "ring.h"

static struct ub_descriptor in_of(const struct ub_descriptor *d)
{
    return (struct ub_descriptor){UB_FD_PIPE_READ, 0, d->slot, 0};
}

static struct ub_descriptor out_of(const struct ub_descriptor *d)
{
    return (struct ub_descriptor){UB_FD_PIPE_WRITE, 0, d->slot ^ 1, 0};
}

static inline struct ub_ring *in_ring(const struct ub_descriptor *d)
{
    return ring_at(d->slot);
}

static inline struct ub_ring *out_ring(const struct ub_descriptor *d)
{
    return ring_at(d->slot ^ 1u);
}

static inline bool listens(const struct ub_descriptor *d)
{
    return in_ring(d)->socket & UB_SOCKET_LISTENS;
}

bool socket_listens(struct ub_descriptor *d)
{
    return listens(d);
}

bool socket_is_tcp(struct ub_descriptor *d)
{
    return in_ring(d)->socket & UB_SOCKET_TCP;
}

/* All descriptors of a socket learn where its rings are. */
void socket_attached(struct ub_descriptor *d, long slot)
{
    u32 handle = d->handle;
    seen_head[slot] = seen_tail[slot] = 0; /* maybe other rings than the slots had before */
    if (!(ring_at((u32)slot)->socket & UB_SOCKET_LISTENS))
        seen_head[slot ^ 1] = seen_tail[slot ^ 1] = 0;
    for (u32 fd = 0; fd < ub_control.descriptors; fd++)
        if (is_socket(&descriptors[fd]) && descriptors[fd].handle == handle)
            descriptors[fd].slot = (u16)slot;
    d->slot = (u16)slot;
}

long socket_attach(struct ub_descriptor *d)
{
    if (d->slot != UB_SOCKET_NO_SLOT)
        return 0;
    long slot = HC2(UB_HC_FILE, NR_dup, d->handle);
    if (slot < 0)
        return slot;
    socket_attached(d, slot);
    return 0;
}

void socket_release(struct ub_descriptor *d)
{
    for (u32 fd = 0; fd < ub_control.descriptors; fd++)
        if (is_socket(&descriptors[fd]) && descriptors[fd].handle == d->handle)
            return;
    HC1(UB_HC_HOST_CLOSE, d->handle);
}

/* The peer left bytes unread when it closed, or was never accepted: its end of the ring is gone, and not by shutdown. */
static bool was_reset(const struct ub_descriptor *d)
{
    struct ub_ring *out = out_ring(d);
    u32 shut = LOAD(out->shut);
    return LOAD(out->ends[UB_READER]) == 0 && !(shut & UB_SHUT_BOTH) &&
           ((shut & UB_SHUT_RESET) || LOAD(out->head) != LOAD(out->tail)) && !LOAD(in_ring(d)->told);
}

static bool is_readable(struct ub_descriptor *d)
{
    struct ub_ring *in = in_ring(d);
    return LOAD(in->head) != LOAD(in->tail) || !LOAD(in->ends[UB_WRITER]) || LOAD(in->shut);
}

static bool has_room(struct ub_descriptor *d)
{
    struct ub_ring *out = out_ring(d);
    return LOAD(out->head) - LOAD(out->tail) < ring_capacity(out) || !LOAD(out->ends[UB_READER]);
}

/* As ring_wait, but no longer than the socket's time-out; -EAGAIN after that. */
static long wait_in_time(struct ub_descriptor *d, u32 side, u64 timeout)
{
    u32 slot = side == UB_READER ? d->slot : d->slot ^ 1u;
    struct ub_ring *ring = ring_at(slot);
    u64 deadline = clock_monotonic() + timeout;
    bool (*const ready)(struct ub_descriptor *) = side == UB_READER ? is_readable : has_room;
    while (!ready(d)) {
        u64 ticket = LOAD(ub_control.unpark_seq), until = deadline;
        if (clock_monotonic() >= deadline)
            return -EAGAIN;
        __atomic_fetch_or(&ring->waiting[side], UB_WAITS_IN_MONITOR, __ATOMIC_SEQ_CST);
        if (ring_unsettled(ring, side) && clock_monotonic() + SETTLE_NS < until)
            until = clock_monotonic() + SETTLE_NS;
        if (ready(d))
            return 0;
        if (ub_control.pending && signal_waiting())
            return -EINTR;
        ub_control.park_slots[0] = (u16)slot;
        if (park(ticket, until, 1) < 0)
            return -EINTR;
    }
    return 0;
}

static bool never_waits(struct ub_descriptor *d, u64 flags)
{
    return (flags & MSG_DONTWAIT) || (LOAD(in_ring(d)->flags[UB_READER]) & O_NONBLOCK);
}

/* Until there is something to read, or somebody to accept. */
long socket_await(struct ub_descriptor *d, u32 side, bool waits)
{
    struct ub_ring *in = in_ring(d);
    if (is_readable(d))
        return 0;
    if (!waits || (LOAD(in->flags[UB_READER]) & O_NONBLOCK))
        return -EAGAIN;
    u64 timeout = LOAD(in->timeout[side]);
    return timeout ? wait_in_time(d, side, timeout) : ring_wait(d->slot, in, side, 1);
}

/* What comes after the last byte: ECONNRESET once, then the end. */
static long at_end(struct ub_descriptor *d)
{
    return was_reset(d) && !__atomic_exchange_n(&in_ring(d)->told, 1, __ATOMIC_SEQ_CST) ? -ECONNRESET : 0;
}

static long no_connection(struct ub_descriptor *d, long why)
{
    if (d->slot != UB_SOCKET_NO_SLOT)
        return socket_is_tcp(d) ? -ENOTCONN : -EINVAL; /* it listens */
    return why;
}

/* How many of so many bytes are read together: a message that carries more than bytes ends a read. */
static u64 together(struct ub_descriptor *d, u64 bytes)
{
    struct ub_ring *in = in_ring(d);
    u64 at = LOAD(in->passed_at), tail = LOAD(in->tail);
    if (at == UB_PASSED_NONE || (int64_t)(tail + bytes - at) <= 0)
        return bytes;
    u64 left = LOAD(in->passed_end) - tail;
    return left && left < bytes ? left : bytes;
}

/* A message that carries more than bytes was reached. */
static bool crossed(struct ub_descriptor *d)
{
    u64 at = LOAD(in_ring(d)->passed_at);
    return at != UB_PASSED_NONE && (int64_t)(LOAD(in_ring(d)->tail) - at) > 0;
}

/* What the bytes that were read carried, or those that were only looked at: 1, and it is in the bounce buffer. */
long socket_take_passed(struct ub_descriptor *d, u64 room, u64 peeked)
{
    if (d->slot == UB_SOCKET_NO_SLOT || listens(d) ||
        !(peeked ? LOAD(in_ring(d)->passed_at) != UB_PASSED_NONE : crossed(d)))
        return 0;
    long result =
        hypercall(UB_HC_FILE, NR_recvmsg, d->handle, LOAD(in_ring(d)->tail) + peeked, room, peeked != 0, 0);
    return result > 0;
}

/* How many bytes all parts of a message may take together. */
u64 socket_together(struct ub_descriptor *d, u64 bytes, u64 flags)
{
    if (socket_attach(d) || listens(d) || socket_is_tcp(d) ||
        (!is_readable(d) && socket_await(d, UB_READER, !never_waits(d, flags))))
        return bytes;
    return together(d, bytes);
}

/* had: so many bytes are in hand already, which it looks past or after which it does not wait. */
long socket_receive(struct ub_descriptor *d, u64 buffer, u64 bytes, u64 flags, u64 had)
{
    long result = socket_attach(d);
    if (result || listens(d))
        return no_connection(d, result);
    if (flags & MSG_OOB)
        return socket_is_tcp(d) ? -EINVAL : -EOPNOTSUPP;
    struct ub_descriptor in = in_of(d);
    struct ub_ring *ring = in_ring(d);
    u64 done = 0;
    bool waits = (!had || (flags & MSG_WAITALL)) && !never_waits(d, flags);
    if (had && (flags & MSG_PEEK) && LOAD(ring->head) - LOAD(ring->tail) <= had)
        return 0;
    do {
        if (!bytes)
            return 0;
        /* A message of the Unix family may carry more than bytes, which is known when it is there. */
        bool slow =
            !socket_is_tcp(d) || (flags & MSG_PEEK) || LOAD(ring->timeout[UB_READER]) || LOAD(ring->shut);
        if (slow && !is_readable(d))
            result = socket_await(d, UB_READER, waits);
        u64 piece = together(d, bytes - done);
        if (!result)
            result = flags & MSG_PEEK             ? pipe_peek(&in, had + done, (void *)(buffer + done), piece)
                     : waits && !LOAD(ring->shut) ? pipe_read(&in, buffer + done, piece)
                                                  : pipe_read_some(&in, buffer + done, piece);
        if (result == -EAGAIN && LOAD(ring->shut))
            result = 0;
        if (result <= 0)
            break;
        done += (u64)result;
        result = 0;
        if (crossed(d) && !(flags & MSG_PEEK)) {
            if (!(flags & MSG_TAKES_PASSED))
                socket_take_passed(d, 0, 0); /* nobody wants it */
            break;
        }
    } while (done < bytes && (flags & MSG_WAITALL) && !(flags & MSG_PEEK) && waits);
    return done ? (long)done : result ? result : at_end(d);
}

/* Why nothing may be sent. TCP hears that nobody reads any more by the answer to what it sent: the first time it does not know yet. */
static long send_to_nobody(struct ub_descriptor *d, u64 bytes)
{
    struct ub_ring *out = out_ring(d);
    if (!socket_is_tcp(d) || (LOAD(out->shut) & UB_SHUT_BOTH) || LOAD(in_ring(d)->told))
        return -EPIPE;
    if (was_reset(d)) {
        STORE(in_ring(d)->told, 1);
        return -ECONNRESET;
    }
    return __atomic_exchange_n(&out->told, 1, __ATOMIC_SEQ_CST) ? -EPIPE : (long)bytes;
}

/* What SO_ERROR tells of a connection, once. */
long socket_error(struct ub_descriptor *d)
{
    return !socket_attach(d) && !listens(d) && was_reset(d) &&
                   !__atomic_exchange_n(&in_ring(d)->told, 1, __ATOMIC_SEQ_CST)
               ? ECONNRESET
               : 0;
}

/* The bytes that are written next carry what is in the bounce buffer. */
long socket_pass(struct ub_descriptor *d, u64 bytes, u64 *start)
{
    *start = LOAD(out_ring(d)->head);
    return hypercall(UB_HC_FILE, NR_sendmsg, d->handle, *start, *start + bytes, 0, 0);
}

/* ... but fewer were written. */
void socket_pass_less(struct ub_descriptor *d, u64 start, long written)
{
    hypercall(UB_HC_FILE, NR_sendmsg, d->handle, start, start + (written > 0 ? (u64)written : 0), 1, 0);
}

bool socket_names_senders(struct ub_descriptor *d)
{
    return LOAD(out_ring(d)->socket) & UB_SOCKET_SENDERS;
}

/* Whose peer wants to know who sends. */
static long send_with_name(struct ub_descriptor *d, u64 buffer, u64 bytes, u64 flags)
{
    u64 start;
    *(struct ub_passed_head *)ub_bounce = (struct ub_passed_head){.sender = UB_SENDER_SELF};
    long result = socket_pass(d, bytes, &start);
    if (result < 0)
        return result;
    result = socket_send(d, buffer, bytes, flags | MSG_TAKES_PASSED);
    if (result != (long)bytes)
        socket_pass_less(d, start, result);
    return result;
}

static long write_out(struct ub_descriptor *out, u64 buffer, u64 bytes, bool waits)
{
    bool before = pipe_be_patient(waits);
    long result = pipe_write_silently(out, buffer, bytes);
    pipe_be_patient(before);
    return result;
}

long socket_send(struct ub_descriptor *d, u64 buffer, u64 bytes, u64 flags)
{
    long result = socket_attach(d);
    if (!result && listens(d))
        result = socket_is_tcp(d) ? -EPIPE : -ENOTCONN;
    else if (result == -EINVAL)
        result = -ENOTCONN;
    else if (result == -ENOTCONN)
        result = -EPIPE;
    else if (!result && (flags & MSG_OOB))
        return -EOPNOTSUPP;
    if (!result && bytes && socket_names_senders(d) && !(flags & MSG_TAKES_PASSED))
        return send_with_name(d, buffer, bytes, flags);
    if (!result) {
        struct ub_descriptor out = out_of(d);
        bool waits = !never_waits(d, flags);
        u64 timeout = LOAD(out_ring(d)->timeout[UB_WRITER]), done = 0;
        if (LOAD(out_ring(d)->ends[UB_WRITER]) == 0)
            result = -EPIPE;
        else if (!timeout || !waits)
            result = write_out(&out, buffer, bytes, waits);
        else
            do {
                result = write_out(&out, buffer + done, bytes - done, false);
                if (result == -EAGAIN && !(result = wait_in_time(d, UB_WRITER, timeout)))
                    continue;
                if (result <= 0)
                    break;
                done += (u64)result;
            } while (done < bytes);
        if (done)
            return (long)done;
        if (result == -EPIPE)
            result = send_to_nobody(d, bytes);
    }
    if (result == -EPIPE && !(flags & MSG_NOSIGNAL))
        signal_raise(SIGPIPE, SI_USER);
    return result;
}

long socket_read(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    return socket_receive(d, buffer, bytes, 0, 0);
}

long socket_write(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    return socket_send(d, buffer, bytes, 0);
}

bool socket_has_more(struct ub_descriptor *d)
{
    return d->slot != UB_SOCKET_NO_SLOT && LOAD(in_ring(d)->head) != LOAD(in_ring(d)->tail);
}

/* Status flags belong to the open file: they are in the rings, which all have who have the socket. */
long socket_flags(struct ub_descriptor *d)
{
    if (socket_attach(d))
        return O_RDWR | HC2(UB_HC_HOST_FLAGS, d->handle, -1L);
    return O_RDWR | (LOAD(in_ring(d)->flags[UB_READER]) & (O_NONBLOCK | O_ASYNC));
}

long socket_set_flags(struct ub_descriptor *d, u64 fd, u64 flags)
{
    if (socket_attach(d)) {
        long result = HC2(UB_HC_HOST_FLAGS, d->handle, flags & O_NONBLOCK);
        return result < 0 ? result : 0;
    }
    struct ub_descriptor in = in_of(d);
    long result = pipe_change_flags(&in, fd, flags & (O_NONBLOCK | O_ASYNC));
    if (!result && !listens(d))
        STORE(out_ring(d)->flags[UB_WRITER], O_WRONLY | (u32)(flags & O_NONBLOCK));
    return result;
}

long socket_number(struct ub_descriptor *d)
{
    return socket_attach(d) ? -EINVAL : UB_OPEN_RING | d->slot;
}

long socket_ioctl(struct ub_descriptor *d, u64 request, u64 argument)
{
    int value = 0;
    switch ((u32)request) {
    case FIONREAD:
    case SIOCOUTQ:
        if (!socket_attach(d) && listens(d))
            return -EINVAL;
        if (d->slot != UB_SOCKET_NO_SLOT && ((u32)request == FIONREAD || !socket_is_tcp(d))) {
            struct ub_descriptor of = (u32)request == FIONREAD ? in_of(d) : out_of(d);
            value = (int)pipe_available(&of);
        }
        return copy_out(argument, &value, sizeof value);
    case FIOASYNC: {
        if (copy_in(&value, argument, sizeof value))
            return -EFAULT;
        long flags = socket_flags(d);
        return socket_set_flags(d, (u64)(d - descriptors),
                                value ? (u64)flags | O_ASYNC : (u64)flags & ~(u64)O_ASYNC);
    }
    default:
        return -ENOTTY;
    }
}

long socket_stat(struct ub_descriptor *d, u64 user)
{
    long result = HC2(UB_HC_FILE, NR_fstat, d->handle);
    return result ? result : copy_out(user, ub_bounce, sizeof(struct stat));
}

/* A socket that is not connected could be written to and has hung up, as Linux has it; why it failed nobody may have asked yet. */
static short poll_unconnected(long why)
{
    const short fresh = POLLOUT | POLLWRNORM | POLLWRBAND | POLLHUP;
    return why == -EINVAL || why == -ENOTCONN ? fresh : fresh | POLLIN | POLLRDNORM | POLLERR | POLLRDHUP;
}

short socket_poll(struct ub_descriptor *d)
{
    const short readable = POLLIN | POLLRDNORM, writable = POLLOUT | POLLWRNORM | POLLWRBAND;
    long why = socket_attach(d);
    if (why)
        return poll_unconnected(why);
    struct ub_ring *in = in_ring(d), *out = out_ring(d);
    u64 there = LOAD(in->head) - LOAD(in->tail);
    if (listens(d))
        return there ? readable : 0;
    bool ended = !LOAD(in->ends[UB_WRITER]) || LOAD(in->shut),
         deaf = (LOAD(out->shut) & UB_SHUT_BOTH) ||
                (socket_is_tcp(d) ? LOAD(out->told) : !LOAD(out->ends[UB_READER]));
    u64 used = LOAD(out->head) - LOAD(out->tail), capacity = ring_capacity(out);
    short events = there ? readable : 0;
    if (ended)
        events |= readable | POLLRDHUP;
    if (ended && deaf)
        events |= POLLHUP;
    if (was_reset(d))
        events |= POLLERR;
    if (deaf || used > capacity || capacity - used > capacity / 4)
        events |= writable;
    return events;
}

/* Changes with all that a socket can report: only what it is asked for counts while it is open. */
u64 socket_progress(struct ub_descriptor *d, short events)
{
    if (socket_attach(d))
        return 1;
    struct ub_ring *in = in_ring(d), *out = out_ring(d);
    u64 moved = events & POLLIN ? LOAD(in->head) : 0;
    if (listens(d))
        return moved * 16 + 2;
    if (events & POLLOUT)
        moved += LOAD(out->tail);
    return moved * 16 + (LOAD(in->ends[UB_WRITER]) ? 0 : 8) + (LOAD(out->ends[UB_READER]) ? 0 : 4) + 2;
}

u32 socket_arm(struct ub_descriptor *d, u64 *until)
{
    if (socket_attach(d))
        return UB_SOCKET_NO_SLOT;
    struct ub_descriptor in = in_of(d), out = out_of(d);
    u32 slot = pipe_arm(&in, until);
    if (listens(d))
        return slot;
    pipe_arm(&out, until);
    return slot | ARM_PAIR;
}
