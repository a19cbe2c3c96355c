/* edge-triggered sockets: one event for what came, another for more, and for the end. */
#include "observe_sockets.h"

static void say_epoll(const char *what, int set)
{
    struct epoll_event events[4];
    int count = epoll_wait(set, events, 4, 0);
    say("%s: %d", what, count);
    for (int i = 0; i < count; i++)
        say(" %x", events[i].events);
    say("\n");
}

static void test(int family)
{
    int ends[2], set = epoll_create1(0);
    connected_pair(family, ends);
    struct epoll_event wanted = {.events = EPOLLIN | EPOLLRDHUP | EPOLLET};
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[1], &wanted));
    say_epoll("nothing", set);
    send_byte(ends[0], 'a');
    await_events(ends[1], POLLIN);
    say_epoll("a", set);
    say_epoll("again", set);
    send_byte(ends[0], 'b');
    MUST(epoll_wait(set, &wanted, 1, 20000));
    say("b: %x\n", wanted.events);
    say_read("both", ends[1]);
    say_epoll("read", set);
    close_fd(ends[0]);
    await_events(ends[1], POLLRDHUP);
    say_epoll("closed", set);
    say_epoll("again", set);
}

int main(void)
{
    with_families(test);
    return 0;
}
