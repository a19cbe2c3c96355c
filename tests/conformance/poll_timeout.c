/* poll and ppoll return 0 after their timeout, not before it. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    struct pollfd watch = {ends[0], POLLIN, 0};
    struct timespec start, stop, timeout = {0, 20000000};
    MUST(clock_gettime(CLOCK_MONOTONIC, &start));
    say("poll: %d\n", poll(&watch, 1, 20));
    say("ppoll: %d\n", ppoll(&watch, 1, &timeout, NULL));
    MUST(clock_gettime(CLOCK_MONOTONIC, &stop));
    long milliseconds = (stop.tv_sec - start.tv_sec) * 1000 + (stop.tv_nsec - start.tv_nsec) / 1000000;
    say("both together waited: %d\n", milliseconds >= 40);
    return 0;
}
