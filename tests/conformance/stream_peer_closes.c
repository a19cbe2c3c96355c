/* what is seen after the peer closed: its bytes, then the end, then EPIPE and SIGPIPE; poll tells. */
#include "observe_sockets.h"

static volatile int pipes;

static void on_pipe(int number)
{
    (void)number;
    pipes++;
}

static void test(int family)
{
    int ends[2];
    pipes = 0;
    connected_pair(family, ends);
    MUST(write(ends[0], "last words", 10));
    close_fd(ends[0]);
    await_events(ends[1], POLLRDHUP);
    say_poll("before", ends[1]);
    say_read("read", ends[1]);
    say_read("read", ends[1]);
    say_poll("after", ends[1]);
    if (family == AF_UNIX) {
        say_result("write", write(ends[1], "x", 1));
        say_result("silent", send(ends[1], "x", 1, MSG_NOSIGNAL));
        say("SIGPIPE %d\n", pipes);
        say_poll("at last", ends[1]);
    }
    close_fd(ends[1]);
}

int main(void)
{
    handle(SIGPIPE, on_pipe, 0);
    with_families(test);
    return 0;
}
