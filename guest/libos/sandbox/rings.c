/*
 * Sleeping and waking without the monitor. Who waits for a ring sleeps on the word in the ring that says so, and its peer wakes it
 * there: a hand-over is one wake-up and one switch, as a pipe of the host has it. Who waits for a child sleeps on
 * control.wait_state, where the monitor leaves the child's status. Signals come as kicks.
 *
 * The family counts its sleepers, so that nobody spins for one or needs a core for one. Who wakes counts the woken out at once:
 * until they run, nobody may spin on the core that they need.
 */
#include "sandbox.h"

static struct ub_ring *ring_at(u32 slot)
{
    return (struct ub_ring *)(UB_WINDOW + (u64)(slot & (UB_WINDOW_SLOTS - 1)) * UB_SEGMENT_BYTES);
}

/* While *word is seen; returns early for a kick. Before it, kicked was lowered and what a kick would tell was looked at. */
static void sleep_on(const u32 *word, u32 seen, const struct timespec *deadline)
{
    ub_sandbox.sleeps++;
    ub_sandbox.asleep = 1;
    __atomic_fetch_add(&ub_family.asleep, 1, __ATOMIC_SEQ_CST);
    if (gate_park(word, seen, deadline, &ub_sandbox.kicked) != 0) /* else who woke it has counted */
        __atomic_fetch_sub(&ub_family.asleep, 1, __ATOMIC_SEQ_CST);
    ub_sandbox.asleep = 0;
}

long ring_park(u32 slot, u32 side, u64 ticket, u64 until)
{
    u32 *word = &ring_at(slot)->waiting[side], seen = __atomic_load_n(word, __ATOMIC_ACQUIRE);
    struct timespec deadline = {(int64_t)(until / 1000000000), (int64_t)(until % 1000000000)};
    going_to_sleep();
    cpu_time_stands();
    __atomic_store_n(&ub_sandbox.kicked, 0, __ATOMIC_SEQ_CST);
    if (ub_control.pending && signal_waiting())
        return -ERESTARTSYS;
    if ((seen & UB_WAITS_HERE) && __atomic_load_n(&ub_control.unpark_seq, __ATOMIC_ACQUIRE) == ticket)
        sleep_on(word, seen, until ? &deadline : 0);
    return ub_control.pending && signal_waiting() ? -ERESTARTSYS : 0;
}

bool ring_rouse(u32 slot, u32 side)
{
    u32 *word = &ring_at(slot)->waiting[side];
    u32 there = __atomic_fetch_and(word, ~(u32)UB_WAITS_HERE, __ATOMIC_SEQ_CST);
    if (there & UB_WAITS_HERE) {
        long woken = gate_call(NR_futex, (u64)word, FUTEX_WAKE, 0x7fffffff, 0, 0, 0);
        if (woken > 0)
            __atomic_fetch_sub(&ub_family.asleep, (int)woken, __ATOMIC_SEQ_CST);
    }
    return !(there & UB_WAITS_IN_MONITOR);
}

bool child_park(void)
{
    going_to_sleep();
    cpu_time_stands();
    while (__atomic_load_n(&ub_control.wait_state, __ATOMIC_ACQUIRE) == UB_WAIT_ASLEEP) {
        __atomic_store_n(&ub_sandbox.kicked, 0, __ATOMIC_SEQ_CST);
        if (ub_control.pending && signal_waiting())
            break;
        sleep_on(&ub_control.wait_state, UB_WAIT_ASLEEP, 0);
    }
    return true;
}
