/* clock_nanosleep sleeps until an absolute time, not at all for the past, and EINTR comes from a handler. */
#include "observe.h"

static void on_alarm(int number)
{
    (void)number;
}

int main(void)
{
    struct timespec until, now;
    MUST(clock_gettime(CLOCK_MONOTONIC, &until));
    say("past: %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL));
    until.tv_nsec += 10000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    say("soon: %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL));
    MUST(clock_gettime(CLOCK_MONOTONIC, &now));
    say("not before: %d\n",
        now.tv_sec > until.tv_sec || (now.tv_sec == until.tv_sec && now.tv_nsec >= until.tv_nsec));
    handle(SIGALRM, on_alarm, SA_RESTART);
    repeat_timer(ITIMER_REAL, 5);
    until.tv_sec += 1000;
    say("interrupted: %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR);
    return 0;
}
