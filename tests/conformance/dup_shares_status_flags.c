/* duplicates and a forked child's descriptors share one O_NONBLOCK. */
#include "observe.h"

int main(void)
{
    int ends[2];
    char byte;
    make_pipe(ends);
    int copy = dup(ends[0]);
    MUST(fcntl(copy, F_SETFL, O_NONBLOCK));
    say("seen through the original: %d\n", (fcntl(ends[0], F_GETFL) & O_NONBLOCK) != 0);
    say_result("read", read(ends[0], &byte, 1));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(fcntl(copy, F_SETFL, 0));
        _exit(0);
    }
    reap(child);
    say("after the child cleared it: %d\n", (fcntl(ends[0], F_GETFL) & O_NONBLOCK) != 0);
    return 0;
}
