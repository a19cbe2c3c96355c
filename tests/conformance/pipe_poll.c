/* poll tells when a pipe can be read and written. */
#include "observe.h"

static char page[4096];

int main(void)
{
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK));
    struct pollfd watch[2] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}};
    int n = poll(watch, 2, 0);
    say("empty: %d, in %d, out %d\n", n, watch[0].revents == POLLIN, watch[1].revents == POLLOUT);
    while (write(ends[1], page, sizeof page) > 0)
        ;
    n = poll(watch, 2, 0);
    say("full: %d, in %d, out %d\n", n, watch[0].revents == POLLIN, watch[1].revents == POLLOUT);
    return 0;
}
