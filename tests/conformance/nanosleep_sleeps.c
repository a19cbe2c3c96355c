/* nanosleep and clock_nanosleep return 0, not before their time; bad times are EINVAL. */
#include "observe.h"

int main(void)
{
    struct timespec start, stop, wanted = {0, 10000000}, bad = {0, 1000000000};
    MUST(clock_gettime(CLOCK_MONOTONIC, &start));
    say_result("nanosleep", nanosleep(&wanted, NULL));
    say("clock_nanosleep: %d\n", clock_nanosleep(CLOCK_MONOTONIC, 0, &wanted, NULL));
    MUST(clock_gettime(CLOCK_MONOTONIC, &stop));
    long microseconds = (stop.tv_sec - start.tv_sec) * 1000000 + (stop.tv_nsec - start.tv_nsec) / 1000;
    say("slept long enough: %d\n", microseconds >= 20000);
    say_result("bad time", nanosleep(&bad, NULL));
    start.tv_sec -= 1;
    say("absolute time in the past: %d\n", clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &start, NULL));
    return 0;
}
