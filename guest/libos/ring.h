/*
 * A ring, from one of its sides: what each read and write does, inlined, because one takes some hundred instructions in all.
 * ring.c states the protocol, and has the rest.
 */
#ifndef UNIBENCH_RING_H
#define UNIBENCH_RING_H

#include "libos.h"

#define STREAM_CALLS 64 /* so many calls without sleeping, and fences are left out */
#define SETTLE_NS 1000000

/* What this process last saw of the other side's index. Stale is safe: indices only grow. Spares a cache miss
 * a call. */
extern u64 seen_head[UB_WINDOW_SLOTS], seen_tail[UB_WINDOW_SLOTS];

/* A reader that polls head takes the writer's cache line away at every message. In a stream it is better to
 * let some gather. */
extern u32 stream_slot, stream_reads;

static inline struct ub_ring *ring_at(u32 slot)
{
    return (struct ub_ring *)(UB_WINDOW + (u64)(slot & (UB_WINDOW_SLOTS - 1)) * UB_SEGMENT_BYTES);
}

static inline u8 *ring_data(struct ub_ring *ring)
{
    return (u8 *)ring + UB_RING_DATA;
}

static inline u64 ring_capacity(struct ub_ring *ring)
{
    u32 capacity = __atomic_load_n(&ring->capacity, __ATOMIC_RELAXED);
    if (capacity < UB_PAGE || capacity > UB_RING_CAPACITY_MAX || (capacity & (capacity - 1)))
        return UB_RING_CAPACITY;
    return capacity;
}

#define LOAD(field) __atomic_load_n(&(field), __ATOMIC_ACQUIRE)
#define STORE(field, value) __atomic_store_n(&(field), value, __ATOMIC_RELEASE)

void ring_lock_word(u32 slot, u32 *word);

static inline u32 *side_lock(struct ub_ring *ring, u32 side)
{
    return side == UB_READER ? &ring->reader_lock : &ring->writer_lock;
}

/*
 * Locks a side against its other holders. The only holder of a pipe's end needs no lock: ends are inherited
 * by fork alone, and this process is not in fork. True if the lock was taken.
 */
static inline bool lock(u32 slot, struct ub_ring *ring, u32 side)
{
    if (LOAD(ring->ends[side]) == 1 && !ring->named)
        return false;
    ring_lock_word(slot, side_lock(ring, side));
    return true;
}

/* Unlocks, and is the fence (b) of the protocol, unless this is a stream. */
static inline void unlock(struct ub_ring *ring, u32 side, bool locked)
{
    if (locked) {
        __atomic_exchange_n(side_lock(ring, side), 0, __ATOMIC_SEQ_CST);
        return;
    }
    if (LOAD(ring->streaming[side])) {
        __asm__ volatile("" ::: "memory");
        return;
    }
    if (++calls_awake > STREAM_CALLS)
        STORE(ring->streaming[side], 1);
    __asm__ volatile("lock orl $0, (%%rsp)" ::: "memory", "cc");
}

static inline bool has_packets(struct ub_ring *ring)
{
    return LOAD(ring->flags[UB_WRITER]) & O_DIRECT;
}

/* Saves what it changes: so its rare call costs the loops around it no registers. */
void ring_wake_sleepers(u32 slot, u32 side) __attribute__((cold, no_caller_saved_registers));

static inline void wake(u32 slot, struct ub_ring *ring, u32 side)
{
    if (LOAD(ring->waiting[side]))
        ring_wake_sleepers(slot, side);
}

/* Until the side is ready, or a signal is due (-ERESTARTSYS). */
long ring_wait(u32 slot, struct ub_ring *ring, u32 side, u64 bytes);
bool ring_unsettled(struct ub_ring *ring, u32 side);
long copy_from_ring(struct ub_ring *ring, u64 capacity, u64 tail, u64 buffer, u64 bytes);
long copy_to_ring(struct ub_ring *ring, u64 capacity, u64 head, u64 buffer, u64 bytes);

#endif
