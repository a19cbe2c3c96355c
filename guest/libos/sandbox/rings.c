/*
 * Who waits for a ring sleeps on the word in the ring that says so, and its peer wakes it there: a hand-over is one wake-up
 * and one switch, as a pipe of the host has it. The monitor wakes, too, when ends are closed; signals come as kicks.
 */
#include "sandbox.h"

static struct ub_ring *ring_at(u32 slot)
{
    return (struct ub_ring *)(UB_RING_WINDOW + (u64)(slot & (UB_RING_SLOTS - 1)) * UB_RING_STRIDE);
}

long ring_park(u32 slot, u32 side, u64 ticket, u64 until)
{
    u32 *word = &ring_at(slot)->waiting[side], seen = __atomic_load_n(word, __ATOMIC_ACQUIRE);
    struct timespec deadline = {(int64_t)(until / 1000000000), (int64_t)(until % 1000000000)};
    pipe_slept();
    cpu_time_stands();
    __atomic_store_n(&ub_sandbox.kicked, 0, __ATOMIC_SEQ_CST);
    if (ub_control.pending && signal_waiting())
        return -ERESTARTSYS;
    if ((seen & UB_WAITS_HERE) && __atomic_load_n(&ub_control.unpark_seq, __ATOMIC_ACQUIRE) == ticket) {
        ub_sandbox.sleeps++;
        gate_park(word, seen, until ? &deadline : 0, &ub_sandbox.kicked);
    }
    return ub_control.pending && signal_waiting() ? -ERESTARTSYS : 0;
}

bool ring_rouse(u32 slot, u32 side)
{
    u32 *word = &ring_at(slot)->waiting[side];
    u32 there = __atomic_fetch_and(word, ~(u32)UB_WAITS_HERE, __ATOMIC_SEQ_CST);
    if (there & UB_WAITS_HERE)
        gate_call(NR_futex, (u64)word, FUTEX_WAKE, 0x7fffffff, 0, 0, 0);
    return !(there & UB_WAITS_IN_MONITOR);
}
