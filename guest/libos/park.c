/* Sleeping in the monitor, and until when. */
#include "libos.h"

u32 calls_awake;

void going_to_sleep(void)
{
    calls_awake = 0;
}

/*
 * Sleeps until one of control.park_slots changes, the deadline (CLOCK_MONOTONIC, ns; 0: none) passes, or a
 * signal is due. 0: look again; -ERESTARTSYS: a signal is due. Returns at once when unpark_seq is no longer
 * the ticket.
 */
long park(u64 ticket, u64 deadline_ns, u64 slots)
{
    going_to_sleep();
    cpu_time_stands();
    HC3(UB_HC_PARK, ticket, deadline_ns, slots);
    return ub_control.pending && signal_waiting() ? -ERESTARTSYS : 0;
}

/* A wait for some time, which is made again with the deadline it had after a stop and a continuation. */
static u64 interrupted_deadline;
static bool goes_on;

u64 wait_deadline(u64 fresh)
{
    u64 deadline = goes_on ? interrupted_deadline : fresh;
    goes_on = false;
    return deadline;
}

long wait_interrupted(u64 deadline)
{
    interrupted_deadline = deadline;
    return -ERESTART_RESTARTBLOCK;
}

void wait_goes_on(void)
{
    goes_on = true;
}

u64 deadline_after(u64 ns)
{
    u64 now = clock_monotonic();
    return ns == 0 ? 1 : now + ns < now ? 0 : now + ns;
}
