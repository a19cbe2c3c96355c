/* clock_getres tells a resolution for the known clocks; an unknown clock is EINVAL. */
#include "observe.h"

int main(void)
{
    struct timespec resolution;
    for (int clock = CLOCK_REALTIME; clock <= CLOCK_MONOTONIC; clock++) {
        MUST(clock_getres(clock, &resolution));
        say("clock %d: at most a tick: %d\n", clock,
            resolution.tv_sec == 0 && resolution.tv_nsec <= 10000000);
    }
    say_result("unknown clock", clock_gettime(1234, &resolution));
    return 0;
}
