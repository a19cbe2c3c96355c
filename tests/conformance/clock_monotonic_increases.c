/* CLOCK_MONOTONIC never goes back, also from a parent to its child. */
#include "observe.h"

static long long now(void)
{
    struct timespec time;
    MUST(clock_gettime(CLOCK_MONOTONIC, &time));
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(void)
{
    long long start = now(), last = start;
    int back = 0;
    for (int i = 0; i < 100000; i++) {
        long long next = now();
        back += next < last;
        last = next;
    }
    say("steps back: %d, advanced: %d\n", back, last > start);
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        long long there = now();
        MUST(write(ends[1], &there, sizeof there));
        _exit(0);
    }
    long long there;
    MUST(read(ends[0], &there, sizeof there));
    say("child after parent: %d, parent after child: %d\n", there >= last, now() >= there);
    reap(child);
    return 0;
}
