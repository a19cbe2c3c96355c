#include "plan.h"

#include "bench.h"

#include <errno.h>
#include <time.h>

enum { SECOND = 1000000000, WATCHED = 1000000 /* ns before an operation is due that are not slept */ };

struct plan plan_begin(int64_t rate)
{
    return (struct plan){.start = bench_now(), .rate = (uint64_t)rate};
}

uint64_t plan_due(const struct plan *plan, int64_t i)
{
    /* In two parts: i seconds in ns need more than 64 bits. */
    uint64_t whole = (uint64_t)i / plan->rate, rest = (uint64_t)i % plan->rate;
    return plan->start + whole * SECOND + rest * SECOND / plan->rate;
}

static void sleep_until(uint64_t point)
{
    struct timespec time = {(time_t)(point / SECOND), (long)(point % SECOND)};
    do
        errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
    while (errno == EINTR);
    if (errno != 0)
        bench_die("clock_nanosleep");
}

void plan_wait(uint64_t due)
{
    if (bench_now() + WATCHED < due)
        sleep_until(due - WATCHED);
    while (bench_now() < due) {
    }
}

double plan_achieved(const struct plan *plan, int64_t count, uint64_t end)
{
    uint64_t planned = plan_due(plan, count);
    return (double)count * SECOND / (double)((end > planned ? end : planned) - plan->start);
}
