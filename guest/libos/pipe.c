/* Pipes: two descriptors, each for an end of a ring (ring.c). */
#include "ring.h"

#define INLINE_BYTES 48
#define INLINE_NONE (~0UL)
#define CHUNK 16384 /* a large write is published in pieces of this size, so that the reader starts early */

static u16 ends[UB_WINDOW_SLOTS][2]; /* descriptors of this process, by slot and side */

static inline u32 side_of(struct ub_descriptor *d)
{
    return d->kind == UB_FD_PIPE_WRITE ? UB_WRITER : UB_READER;
}

static inline bool has_side(struct ub_descriptor *d, u32 side)
{
    return d->kind == UB_FD_PIPE_BOTH || side_of(d) == side;
}

/* The last small write travels in the cache line of head: one miss instead of two for a waiting reader. */
static bool read_inline(struct ub_ring *ring, u64 head, u64 tail, u64 *words)
{
    if (head - tail > INLINE_BYTES || LOAD(ring->inline_pos) != tail)
        return false;
    for (u64 i = 0; i < (head - tail + 7) / 8; i++)
        words[i] = __atomic_load_n((u64 *)ring->inline_data + i, __ATOMIC_ACQUIRE);
    return LOAD(ring->inline_pos) == tail && LOAD(ring->head) == head;
}

/* False: the call that is being served takes and gives what it can at once. */
static bool patient = true;

bool pipe_be_patient(bool yes)
{
    bool before = patient;
    patient = yes;
    return before;
}

/* Status flags belong to the open file description: all processes that inherited an end share it. */
static inline u32 flags_of(struct ub_descriptor *d, u32 side)
{
    return d->handle & PIPE_OWN_FLAGS ? d->handle & (O_NONBLOCK | O_ASYNC) : ring_at(d->slot)->flags[side];
}

static inline bool may_wait(struct ub_descriptor *d, u32 side)
{
    return patient && !(flags_of(d, side) & O_NONBLOCK);
}

/*
 * Packets, of a pipe made with O_DIRECT: each has its length in front of it, and is written and read whole.
 * What a read has no room for is lost.
 */
typedef u32 packet_head;
#define LEAST_OF_PACKETS (2 * UB_PIPE_BUF) /* bytes of a ring that takes one of any length */

static long read_packet(struct ub_descriptor *d, struct ub_ring *ring, u64 buffer, u64 bytes)
{
    for (;;) {
        bool locked = lock(d->slot, ring, UB_READER);
        u64 tail = ring->tail, there = LOAD(ring->head) - tail, capacity = ring_capacity(ring);
        packet_head length = 0;
        long result = 0;
        if (there) {
            if (there <= sizeof length || there > capacity ||
                copy_from_ring(ring, capacity, tail, (u64)&length, sizeof length) || !length ||
                length > UB_PIPE_BUF || length > there - sizeof length)
                result = -EIO; /* a peer wrote nonsense */
            else
                result = copy_from_ring(ring, capacity, tail + sizeof length, buffer,
                                        bytes < length ? bytes : length);
            if (!result)
                STORE(ring->tail, tail + sizeof length + length);
        }
        unlock(ring, UB_READER, locked);
        if (there) {
            wake(d->slot, ring, UB_WRITER);
            return result ? result : (long)(bytes < length ? bytes : length);
        }
        if (LOAD(ring->ends[UB_WRITER]) == 0 && LOAD(ring->head) == LOAD(ring->tail))
            return 0;
        if (!may_wait(d, UB_READER))
            return -EAGAIN;
        result = ring_wait(d->slot, ring, UB_READER, 1);
        if (result < 0)
            return result;
    }
}

static long write_packet(struct ub_descriptor *d, struct ub_ring *ring, u64 buffer, packet_head length)
{
    for (;;) {
        bool locked = lock(d->slot, ring, UB_WRITER);
        u64 head = ring->head, used = head - LOAD(ring->tail), capacity = ring_capacity(ring);
        bool fits = used <= capacity && capacity - used >= length + sizeof length,
             read = LOAD(ring->ends[UB_READER]);
        long result = 0;
        if (read && fits) {
            result = copy_to_ring(ring, capacity, head, (u64)&length, sizeof length);
            if (!result)
                result = copy_to_ring(ring, capacity, head + sizeof length, buffer, length);
            if (!result)
                STORE(ring->head, head + sizeof length + length);
        }
        unlock(ring, UB_WRITER, locked);
        wake(d->slot, ring, UB_READER);
        if (!read)
            return -EPIPE;
        if (fits)
            return result;
        if (!may_wait(d, UB_WRITER))
            return -EAGAIN;
        result = ring_wait(d->slot, ring, UB_WRITER, length + sizeof length);
        if (result < 0)
            return result;
    }
}

static long write_packets(struct ub_descriptor *d, struct ub_ring *ring, u64 buffer, u64 bytes)
{
    u64 done = 0;
    while (done < bytes) {
        packet_head length = bytes - done < UB_PIPE_BUF ? (u32)(bytes - done) : UB_PIPE_BUF;
        long result = write_packet(d, ring, buffer + done, length);
        if (result < 0)
            return done ? (long)done : result;
        done += length;
    }
    ub_control.pipe_bytes += done;
    return (long)done;
}

long pipe_read(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    u32 slot = d->slot;
    struct ub_ring *ring = ring_at(slot);
    if (bytes == 0)
        return 0;
    if (has_packets(ring))
        return read_packet(d, ring, buffer, bytes);
    stream_reads = stream_slot == slot ? stream_reads + 1 : 0;
    stream_slot = slot;
    for (;;) {
        if (seen_head[slot] == ring->tail && LOAD(ring->head) == LOAD(ring->tail)) {
            if (LOAD(ring->ends[UB_WRITER]) == 0 && LOAD(ring->head) == LOAD(ring->tail))
                return 0;
            if (!may_wait(d, UB_READER))
                return -EAGAIN;
            long result = ring_wait(slot, ring, UB_READER, 1);
            if (result < 0)
                return result;
            continue;
        }
        bool locked = lock(slot, ring, UB_READER);
        u64 head = seen_head[slot], tail = ring->tail, capacity = ring_capacity(ring);
        if (head - tail > capacity || head - tail < bytes)
            head = seen_head[slot] =
                LOAD(ring->head); /* what was seen is not enough, or other readers took it */
        u64 there = head - tail;
        if (there == 0) {
            unlock(ring, UB_READER, locked);
            continue; /* another reader was faster */
        }
        if (there > capacity) {
            unlock(ring, UB_READER, locked);
            return -EIO; /* a peer wrote nonsense into the indices */
        }
        u64 done = 0;
        long result = 0;
        u64 words[INLINE_BYTES / 8];
        if (there <= bytes && read_inline(ring, head, tail, words)) {
            result = copy_out(buffer, words, there);
            if (!result) {
                done = there;
                STORE(ring->tail, tail + there);
            }
        } else {
            /* Take what is there, and what comes meanwhile, as far as the buffer goes. */
            while (there && done < bytes) {
                u64 piece = bytes - done < there ? bytes - done : there;
                if (piece > CHUNK)
                    piece = CHUNK;
                result = copy_from_ring(ring, capacity, tail, buffer + done, piece);
                if (result)
                    break;
                tail += piece;
                done += piece;
                STORE(ring->tail, tail);
                if (done == bytes)
                    break;
                there = (seen_head[slot] = LOAD(ring->head)) - tail;
                if (there > capacity)
                    break;
            }
        }
        unlock(ring, UB_READER, locked);
        wake(slot, ring, UB_WRITER);
        return done ? (long)done : result;
    }
}

long pipe_read_some(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    bool before = pipe_be_patient(false);
    long result = pipe_read(d, buffer, bytes);
    pipe_be_patient(before);
    return result;
}

static long broken(void)
{
    signal_raise(SIGPIPE, SI_USER);
    return -EPIPE;
}

static long write_ring(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    u32 slot = d->slot;
    struct ub_ring *ring = ring_at(slot);
    u64 done = 0;
    if (has_packets(ring))
        return write_packets(d, ring, buffer, bytes);
    stream_reads = 0;
    while (done < bytes) {
        u64 left = bytes - done;
        u64 wanted = bytes <= UB_PIPE_BUF ? left : 1; /* small writes go in whole */
        bool locked = lock(slot, ring, UB_WRITER);
        if (LOAD(ring->ends[UB_READER]) == 0) {
            unlock(ring, UB_WRITER, locked);
            return done ? (long)done : -EPIPE;
        }
        u64 head = ring->head, used = head - seen_tail[slot], capacity = ring_capacity(ring);
        if (used > capacity || capacity - used < left)
            used = head - (seen_tail[slot] = LOAD(ring->tail));
        if (used > capacity) {
            unlock(ring, UB_WRITER, locked);
            return done ? (long)done : -EIO;
        }
        if (capacity - used < wanted) {
            unlock(ring, UB_WRITER, locked);
            wake(slot, ring, UB_READER);
            if (!may_wait(d, UB_WRITER))
                return done ? (long)done : -EAGAIN;
            long result = ring_wait(slot, ring, UB_WRITER, wanted);
            if (result < 0)
                return done ? (long)done : result;
            continue;
        }
        u64 piece = capacity - used < left ? capacity - used : left;
        if (piece > CHUNK)
            piece = CHUNK;
        long result = copy_to_ring(ring, capacity, head, buffer + done, piece);
        if (!result) {
            if (piece <= INLINE_BYTES) {
                STORE(ring->inline_pos, INLINE_NONE);
                u64 at = head & (capacity - 1);
                if (at + piece <= capacity) {
                    memcpy(ring->inline_data, ring_data(ring) + at, piece);
                    STORE(ring->inline_pos, head);
                }
            }
            STORE(ring->head, head + piece);
        }
        unlock(ring, UB_WRITER, locked);
        done += result ? 0 : piece;
        /* Who sleeps is woken for all of it, not for a first piece that it would soon have read. */
        if (result || done == bytes || capacity - used == piece || LOAD(ring->bulk))
            wake(slot, ring, UB_READER);
        if (result)
            return done ? (long)done : result;
    }
    ub_control.pipe_bytes += done;
    return (long)done;
}

/*
 * A write larger than the ring moves as fast as both sides copy at once, or as slowly as they take turns on
 * one core. So wake-ups are not left for later during it, and waits spin in full, until one of them is in
 * vain.
 */
long pipe_write_silently(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    struct ub_ring *ring = ring_at(d->slot);
    if (bytes <= ring_capacity(ring) || !patient)
        return write_ring(d, buffer, bytes);
    STORE(ring->bulk, 1);
    long result = write_ring(d, buffer, bytes);
    STORE(ring->bulk, 0);
    return result;
}

long pipe_write(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    long result = pipe_write_silently(d, buffer, bytes);
    return result == -EPIPE ? broken() : result;
}

long pipe_write_some(struct ub_descriptor *d, u64 buffer, u64 bytes)
{
    bool before = pipe_be_patient(false);
    long result = pipe_write(d, buffer, bytes);
    pipe_be_patient(before);
    return result;
}

/* Copies bytes that stay in the pipe, from some way behind the first one on; how many there were. */
long pipe_peek(struct ub_descriptor *d, u64 skip, void *to, u64 bytes)
{
    struct ub_ring *ring = ring_at(d->slot);
    if (has_packets(ring))
        return -EINVAL;
    bool locked = lock(d->slot, ring, UB_READER);
    u64 tail = ring->tail, there = LOAD(ring->head) - tail, capacity = ring_capacity(ring);
    long result = 0;
    if (there <= capacity && there > skip) {
        bytes = bytes < there - skip ? bytes : there - skip;
        result = copy_from_ring(ring, capacity, tail + skip, (u64)to, bytes);
        if (!result)
            result = (long)bytes;
    }
    unlock(ring, UB_READER, locked);
    return result;
}

static long bytes_in_packets(u32 slot, struct ub_ring *ring)
{
    bool locked = lock(slot, ring, UB_READER);
    u64 capacity = ring_capacity(ring), head = LOAD(ring->head), at = ring->tail, all = 0;
    packet_head length;
    while (head - at > sizeof length && head - at <= capacity &&
           !copy_from_ring(ring, capacity, at, (u64)&length, sizeof length) && length &&
           length <= UB_PIPE_BUF) {
        all += length;
        at += sizeof length + length;
    }
    unlock(ring, UB_READER, locked);
    return (long)all;
}

long pipe_available(struct ub_descriptor *d)
{
    struct ub_ring *ring = ring_at(d->slot);
    u64 there = LOAD(ring->head) - LOAD(ring->tail);
    if (there > ring_capacity(ring))
        return 0;
    return has_packets(ring) ? bytes_in_packets(d->slot, ring) : (long)there;
}

long pipe_capacity(struct ub_descriptor *d)
{
    return (long)ring_capacity(ring_at(d->slot));
}

long pipe_flags(struct ub_descriptor *d)
{
    static const u32 modes[] = {
        [UB_FD_PIPE_READ] = 0, [UB_FD_PIPE_WRITE] = O_WRONLY, [UB_FD_PIPE_BOTH] = O_RDWR};
    return modes[d->kind] | (flags_of(d, side_of(d)) & (O_NONBLOCK | O_ASYNC | O_DIRECT));
}

void pipe_set_flags(struct ub_descriptor *d, u32 flags)
{
    if (d->handle & PIPE_OWN_FLAGS)
        d->handle = (d->handle & ~(u32)(O_NONBLOCK | O_ASYNC)) | (flags & (O_NONBLOCK | O_ASYNC));
    if (!(d->handle & PIPE_OWN_FLAGS))
        STORE(ring_at(d->slot)->flags[side_of(d)], flags);
    else if (flags & O_ASYNC) /* for who wakes (ring.c) */
        __atomic_fetch_or(&ring_at(d->slot)->flags[side_of(d)], O_ASYNC, __ATOMIC_SEQ_CST);
}

/* A FIFO that was opened without a writer has none that hung up, until one has come. */
static bool awaits_writer(struct ub_descriptor *d, struct ub_ring *ring)
{
    u32 since = d->handle & PIPE_OWN_FLAGS ? d->handle >> PIPE_SINCE_SHIFT & UB_OPEN_SINCE_MASK : 0;
    return since && LOAD(ring->writer_opens) % UB_OPEN_SINCE_MASK + 1 == since;
}

short pipe_poll(struct ub_descriptor *d)
{
    struct ub_ring *ring = ring_at(d->slot);
    u64 used = LOAD(ring->head) - LOAD(ring->tail);
    short events = 0;
    if (has_side(d, UB_READER))
        events |= (short)((used ? POLLIN | POLLRDNORM : 0) |
                          (LOAD(ring->ends[UB_WRITER]) || awaits_writer(d, ring) ? 0 : POLLHUP));
    if (has_side(d, UB_WRITER))
        events |=
            (short)((ring_capacity(ring) - used >= UB_PIPE_BUF + (has_packets(ring) ? sizeof(packet_head) : 0)
                         ? POLLOUT | POLLWRNORM
                         : 0) |
                    (LOAD(ring->ends[UB_READER]) ? 0 : POLLERR));
    return events;
}

u64 pipe_progress(struct ub_descriptor *d, short events)
{
    struct ub_ring *ring = ring_at(d->slot);
    u64 moved = events & POLLIN ? LOAD(ring->head) : LOAD(ring->tail);
    return moved * 4 + (LOAD(ring->ends[UB_WRITER]) ? 0 : 2) + (LOAD(ring->ends[UB_READER]) ? 0 : 1) + 4;
}

u32 pipe_arm(struct ub_descriptor *d, u64 *until)
{
    struct ub_ring *ring = ring_at(d->slot);
    for (u32 side = 0; side < 2; side++)
        if (has_side(d, side)) {
            __atomic_fetch_or(&ring->waiting[side], UB_WAITS_IN_MONITOR, __ATOMIC_SEQ_CST);
            if (ring_unsettled(ring, side))
                *until = clock_monotonic() + SETTLE_NS;
        }
    return d->slot;
}

void pipe_hold(struct ub_descriptor *d)
{
    if (!ends[d->slot][UB_READER] && !ends[d->slot][UB_WRITER])
        seen_head[d->slot] = seen_tail[d->slot] = 0; /* another ring than the slot had before */
    for (u32 side = 0; side < 2; side++)
        if (has_side(d, side))
            ends[d->slot][side]++;
}

long pipe_take(struct ub_descriptor *d)
{
    for (u32 side = 0; side < 2; side++)
        if (has_side(d, side) && !ends[d->slot][side]) {
            long result = HC2(UB_HC_PIPE_HOLD, d->slot, side);
            if (result < 0)
                return result;
        }
    pipe_hold(d);
    return 0;
}

/* Others hold the end, too, so nobody waits for this: it is counted here, and the next exit brings the news.
 */
static bool close_later(u32 slot, u32 side)
{
    struct ub_ring *ring = ring_at(slot);
    u32 *entry = ub_control.closes, there = LOAD(ring->ends[side]);
    while (entry < ub_control.closes + UB_CLOSES && *entry)
        entry++;
    if (entry == ub_control.closes + UB_CLOSES || ring->named)
        return false;
    STORE(*entry,
          ((slot << 1 | side) + 1) | UB_CLOSE_UNSURE); /* the process may be killed at any instruction */
    do {
        if (there <= 1) {
            STORE(*entry, 0);
            return false;
        }
    } while (!__atomic_compare_exchange_n(&ring->ends[side], &there, there - 1, false, __ATOMIC_SEQ_CST,
                                          __ATOMIC_RELAXED));
    STORE(*entry, (slot << 1 | side) + 1);
    return true;
}

/* The monitor keeps the book of processes that hold an end; it is told when this one holds it no more. */
void pipe_release(struct ub_descriptor *d)
{
    for (u32 side = 0; side < 2; side++)
        if (has_side(d, side) && --ends[d->slot][side] == 0 && !close_later(d->slot, side))
            HC2(UB_HC_PIPE_CLOSE, d->slot, side);
}

long sys_pipe2(u64 user, u64 flags)
{
    if (flags & ~(u64)(O_CLOEXEC | O_NONBLOCK | O_DIRECT))
        return -EINVAL;
    int fds[2];
    fds[0] = descriptor_new(0);
    if (fds[0] < 0)
        return fds[0];
    descriptors[fds[0]].kind = UB_FD_HOST; /* reserved while the second is looked for */
    fds[1] = descriptor_new(0);
    descriptors[fds[0]].kind = UB_FD_FREE;
    if (fds[1] < 0)
        return fds[1];
    long slot = HC0(UB_HC_PIPE_CREATE);
    if (slot < 0)
        return slot;
    for (u32 side = 0; side < 2; side++) {
        struct ub_descriptor d = {side == UB_READER ? UB_FD_PIPE_READ : UB_FD_PIPE_WRITE,
                                  (flags & O_CLOEXEC) != 0, (u16)slot, 0};
        descriptors[fds[side]] = d;
        pipe_hold(&d);
        pipe_set_flags(&d, (side == UB_WRITER ? O_WRONLY | (u32)(flags & O_DIRECT) : 0) |
                               (u32)(flags & O_NONBLOCK));
    }
    long result = copy_out(user, fds, sizeof fds);
    if (result)
        for (u32 side = 0; side < 2; side++) {
            pipe_release(&descriptors[fds[side]]);
            descriptors[fds[side]].kind = UB_FD_FREE;
        }
    return result;
}

long sys_pipe(u64 user)
{
    return sys_pipe2(user, 0);
}

static u64 two(u32 low, u32 high)
{
    return (u64)high << 32 | low;
}

long pipe_number(struct ub_descriptor *d)
{
    return UB_OPEN_RING | (d->kind == UB_FD_PIPE_WRITE) << 16 | d->slot;
}

static long resize(struct ub_descriptor *d, u64 bytes)
{
    if (bytes > 0x80000000UL)
        return -EINVAL;
    u64 capacity = has_packets(ring_at(d->slot)) ? LEAST_OF_PACKETS : UB_PAGE;
    while (capacity < bytes)
        capacity *= 2;
    if (capacity > UB_RING_CAPACITY_MAX)
        return -EPERM;
    return HC2(UB_HC_PIPE_RESIZE, d->slot,
               capacity); /* EBUSY while other processes hold an end: they may be moving bytes */
}

/* No other process can be moving bytes, and none are inside. */
static bool is_idle(struct ub_descriptor *d)
{
    struct ub_ring *ring = ring_at(d->slot);
    return !ring->named && LOAD(ring->head) == LOAD(ring->tail) && ends[d->slot][UB_READER] &&
           ends[d->slot][UB_WRITER] && LOAD(ring->ends[UB_READER]) == 1 && LOAD(ring->ends[UB_WRITER]) == 1;
}

/* What F_SETFL may change of a pipe: whether its writes are packets only while that can matter to no byte. */
long pipe_change_flags(struct ub_descriptor *d, u64 fd, u64 flags)
{
    const u32 changeable = O_NONBLOCK | O_ASYNC | O_DIRECT;
    u32 now = (u32)pipe_flags(d), wanted = (u32)flags;
    if ((now ^ wanted) & O_DIRECT & (d->kind == UB_FD_PIPE_READ ? 0 : ~0U)) {
        if (!is_idle(d))
            return -EINVAL;
        if (wanted & O_DIRECT && (u64)pipe_capacity(d) < LEAST_OF_PACKETS) {
            long grown = HC2(UB_HC_PIPE_RESIZE, d->slot, LEAST_OF_PACKETS);
            if (grown < 0)
                return grown;
        }
    }
    long result = (now ^ wanted) & O_ASYNC
                      ? HC3(UB_HC_OWNER, pipe_number(d), F_SETFL, two((wanted & O_ASYNC) != 0, (u32)fd))
                      : 0;
    if (!result)
        pipe_set_flags(d, (now & ~changeable) | (wanted & changeable));
    return result;
}

long pipe_control(struct ub_descriptor *d, u64 command, u64 argument)
{
    switch (command) {
    case F_GETPIPE_SZ:
        return pipe_capacity(d);
    case F_SETPIPE_SZ:
        return resize(d, argument & 0xffffffff);
    default:
        return -EINVAL; /* record locks are for files */
    }
}

long pipe_ioctl(struct ub_descriptor *d, u64 request, u64 argument)
{
    if ((u32)request != FIONREAD)
        return -ENOTTY;
    int value = (int)pipe_available(d);
    return copy_out(argument, &value, sizeof value);
}

long pipe_stat(struct ub_descriptor *d, u64 user)
{
    return bare_stat(ring_at(d->slot)->id, S_IFIFO | 0600, user);
}

bool pipe_has_more(struct ub_descriptor *d)
{
    return pipe_available(d) != 0;
}

/* Writes of up to PIPE_BUF bytes stay together; a read of packets takes one, whatever the parts. */
bool pipe_in_one_piece(struct ub_descriptor *d, u64 bytes, bool writing)
{
    return writing ? bytes <= UB_PIPE_BUF : has_packets(ring_at(d->slot));
}
