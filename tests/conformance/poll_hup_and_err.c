/* POLLHUP without a writer, POLLERR without a reader, POLLNVAL for a closed descriptor. */
#include "observe.h"

int main(void)
{
    int ends[2], other[2];
    make_pipe(ends);
    close_fd(ends[1]);
    make_pipe(other);
    int nothing = dup(other[0]);
    close_fd(nothing);
    close_fd(other[0]);
    struct pollfd watch[3] = {{ends[0], POLLIN, 0}, {other[1], POLLOUT, 0}, {nothing, POLLIN, 0}};
    say("poll: %d\n", poll(watch, 3, -1));
    say("POLLHUP %d\n", (watch[0].revents & POLLHUP) != 0);
    say("POLLERR %d\n", (watch[1].revents & POLLERR) != 0);
    say("POLLNVAL %d\n", watch[2].revents == POLLNVAL);
    return 0;
}
