/* pipe and dup return the lowest free descriptors. */
#include "observe.h"

int main(void)
{
    int ends[2], more[2];
    make_pipe(ends);
    make_pipe(more);
    say("order: %d\n", ends[0] < ends[1] && ends[1] < more[0] && more[0] < more[1]);
    close_fd(ends[1]);
    int copy = dup(more[0]);
    say("dup takes the hole: %d\n", copy == ends[1]);
    close_fd(ends[0]);
    close_fd(copy);
    int again[2];
    make_pipe(again);
    say("pipe takes the holes: %d %d\n", again[0] == ends[0], again[1] == ends[1]);
    return 0;
}
