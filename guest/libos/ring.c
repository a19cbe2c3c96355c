/*
 * Rings: bytes in memory that every process holding an end maps. The data path makes no exit; a pipe is a
 * ring with a descriptor for each end (pipe.c).
 *
 * Indices are free-running; head moves under the writers' lock, tail under the readers' lock, each published
 * by one store after the bytes are in place, so a process may die anywhere and leave a consistent ring (the
 * monitor frees its locks). What a peer writes is not trusted: indices are read once, checked against the
 * capacity, and masked.
 *
 * No lost wake-up. Who waits: (1) reads control.unpark_seq, (2) raises ring.waiting[side], (3) fence, (4)
 * looks at the ring again, (5) parks with the sequence of (1). Who changes the ring: (a) publishes, (b)
 * fence, (c) looks at ring.waiting of the other side and, if raised, asks the monitor to wake that side. Of
 * (2)-(4) and (a)-(c) at least one sees the other: if (4) missed the change, (c) sees the flag. The monitor
 * then lowers the flag and advances unpark_seq of every holder of that side, parked or not, so a holder
 * between (4) and (5) finds its sequence stale and does not sleep. The monitor may be asked later
 * (handover.c); the flag stays up until then. Where a machine lets processes sleep on the flag itself, (5) is
 * a sleep while the flag is up, and (c) lowers it and wakes.
 *
 * Streams. The fence (b) waits until the bytes have left this core, which costs more than all else of a small
 * write. So a sole holder that has not slept for a while says in ring.streaming[side] that it leaves (b) out,
 * with a fence after saying so. Its look (c) may then come before its change is seen, by as long as a store
 * can lie in a core's store buffer: well below a microsecond; an interrupt ends it in any case. Who waits
 * therefore looks at streaming after (3). If it is up, it lowers it, looks at the ring for a microsecond
 * more, and the first time sleeps for a bounded time only, then looks again (a temporally bounded TSO:
 * Morrison, Afek, ASPLOS 2015). After that nothing of before can be on its way, and every later (c) sees the
 * flag of (2).
 */
#include "ring.h"

#define LOCK_SPINS 2000
#define SETTLE_PAUSES 64

#define STREAM_READS 16       /* that many reads in a row from one pipe, and nothing written, make a stream */
#define STREAM_PATIENCE 12000 /* TSC ticks that one end of a stream lets the other run ahead at most */
#define STREAM_REST 1500      /* ... if the other does not move */
#define STREAM_PAUSES 24      /* between two looks at the other's index */

u64 seen_head[UB_WINDOW_SLOTS], seen_tail[UB_WINDOW_SLOTS];
u32 stream_slot, stream_reads;

void ring_lock_word(u32 slot, u32 *word)
{
    for (u32 spins = 0;; spins++) {
        u32 expected = 0;
        if (LOAD(*word) == 0 && __atomic_compare_exchange_n(word, &expected, ub_control.pid, false,
                                                            __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
            return;
        if (spins < LOCK_SPINS && !wakes_left() && cores_suffice())
            pause_cpu();
        else
            HC1(UB_HC_YIELD, slot + 1); /* the holder may need this core, or be no holder at all */
    }
}

/* After raising the flag of a side: whether the other side may have changed the ring without seeing it. */
bool ring_unsettled(struct ub_ring *ring, u32 side)
{
    if (!LOAD(ring->streaming[!side]))
        return false;
    STORE(ring->streaming[!side], 0);
    return true;
}

/* Who waits for a side is to be told at once: O_ASYNC, or a write larger than the ring. */
static bool is_urgent(struct ub_ring *ring, u32 side)
{
    return (ub_system.cores > 1 && LOAD(ring->bulk)) || (LOAD(ring->flags[side]) & O_ASYNC);
}

__attribute__((cold, no_caller_saved_registers)) void ring_wake_sleepers(u32 slot, u32 side)
{
    if (!ring_rouse(slot, side))
        handover_wake(slot, side, is_urgent(ring_at(slot), side));
}

/* What a side waits for. Bytes: how much room a writer needs at least. */
static bool ready(struct ub_ring *ring, u32 side, u64 bytes)
{
    if (side == UB_READER)
        return LOAD(ring->head) != LOAD(ring->tail) || LOAD(ring->ends[UB_WRITER]) == 0;
    return ring_capacity(ring) - (LOAD(ring->head) - LOAD(ring->tail)) >= bytes ||
           LOAD(ring->ends[UB_READER]) == 0;
}

/*
 * Lets the other end of a stream run ahead: as long as it moves, until half of the ring is there or free, and
 * for a bounded time. Each look takes its cache line away, so looks are rare.
 */
static void let_gather(struct ub_ring *ring, u32 side)
{
    u64 start = read_tsc(), half = ring_capacity(ring) / 2, before = 0;
    do {
        for (int i = 0; i < STREAM_PAUSES; i++)
            pause_cpu();
        u64 used = LOAD(ring->head) - LOAD(ring->tail);
        if (side == UB_READER ? used >= half || LOAD(ring->ends[UB_WRITER]) == 0
                              : used <= half || LOAD(ring->ends[UB_READER]) == 0)
            return;
        if (used == before && read_tsc() - start >= STREAM_REST)
            return;
        before = used;
    } while (read_tsc() - start < STREAM_PATIENCE);
}

/* Spins for a while if a core is to spare, then parks. */
long ring_wait(u32 slot, struct ub_ring *ring, u32 side, u64 bytes)
{
    u64 limit = spin_limit(&pipe_spinner);
    if (limit < ub_system.spin_tsc && LOAD(ring->bulk) && spin_pays() && !wakes_left())
        limit = ub_system.spin_tsc;
    if (limit) {
        u64 start = read_tsc();
        if (side == UB_WRITER || stream_reads > STREAM_READS)
            let_gather(ring, side);
        do {
            for (int i = 0; i < 32; i++) {
                if (ready(ring, side, bytes)) {
                    spin_won(&pipe_spinner);
                    return 0;
                }
                pause_cpu();
            }
            if (LOAD(ub_control.pending))
                break;
        } while (read_tsc() - start < limit && spin_pays());
        spin_lost(&pipe_spinner);
        STORE(ring->bulk, 0);
    }
    handover_blocks();
    while (!ready(ring, side, bytes)) {
        u64 ticket = LOAD(ub_control.unpark_seq);
        __atomic_fetch_or(&ring->waiting[side], RING_WAITS, __ATOMIC_SEQ_CST);
        u64 until = 0;
        if (ring_unsettled(ring, side)) {
            until = clock_monotonic() + SETTLE_NS;
            for (int i = 0; i < SETTLE_PAUSES && !ready(ring, side, bytes); i++)
                pause_cpu();
        }
        if (ready(ring, side, bytes))
            return 0;
        if (LOAD(ub_control.pending) && signal_waiting())
            return -ERESTARTSYS;
        long result = ring_park(slot, side, ticket, until);
        if (result < 0)
            return result;
    }
    return 0;
}

/* Copies from the ring; the wrap makes two pieces. */
long copy_from_ring(struct ub_ring *ring, u64 capacity, u64 tail, u64 buffer, u64 bytes)
{
    u64 at = tail & (capacity - 1), first = capacity - at < bytes ? capacity - at : bytes;
    long result = copy_out(buffer, ring_data(ring) + at, first);
    if (!result && bytes > first)
        result = copy_out(buffer + first, ring_data(ring), bytes - first);
    return result;
}

long copy_to_ring(struct ub_ring *ring, u64 capacity, u64 head, u64 buffer, u64 bytes)
{
    u64 at = head & (capacity - 1), first = capacity - at < bytes ? capacity - at : bytes;
    long result = copy_in(ring_data(ring) + at, buffer, first);
    if (!result && bytes > first)
        result = copy_in(ring_data(ring), buffer + first, bytes - first);
    return result;
}
