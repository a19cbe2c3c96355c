/* a set is readable, for poll and another set, while something in it is ready; also asleep. */
#include "observe.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

static int set_with(int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    int set = epoll_create1(0);
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, fd, &event));
    return set;
}

static void wait_in(const char *what, int set, int timeout)
{
    struct epoll_event event = {0};
    say_result(what, epoll_wait(set, &event, 1, timeout));
}

static void poll_it(const char *what, int fd, short events)
{
    struct pollfd one = {fd, events, 0};
    say_result(what, poll(&one, 1, 0));
    say("events %d\n", one.revents);
}

int main(void)
{
    eventfd_t value;
    int event = eventfd(0, 0), p[2], timer;
    MUST(pipe(p));
    int inner = set_with(event), middle = set_with(inner), outer = set_with(set_with(set_with(p[0])));
    poll_it("nothing", inner, POLLIN | POLLOUT);
    wait_in("nothing", middle, 0);
    MUST(eventfd_write(event, 1));
    poll_it("set", inner, POLLIN);
    poll_it("set, for writing", inner, POLLOUT);
    poll_it("set of set", middle, POLLIN);
    wait_in("set of set", middle, -1);
    wait_in("its own", inner, 0);
    MUST(eventfd_read(event, &value));
    wait_in("read", middle, 0);
    MUST(write(p[1], "x", 1));
    wait_in("three deep", outer, -1);
    MUST(read(p[0], &(char){0}, 1));

    /* Asleep. */
    pid_t child = fork_child();
    if (child == 0) {
        MUST(eventfd_write(event, 1));
        MUST(write(p[1], "x", 1));
        _exit(0);
    }
    wait_in("woken by an eventfd", middle, -1);
    wait_in("woken by a pipe", outer, -1);
    reap(child);

    /* Edges inside: reported by the inner set, they are news no more. */
    int p2[2];
    MUST(pipe(p2));
    struct epoll_event edge = {.events = EPOLLIN | EPOLLET};
    int edges = epoll_create1(0);
    MUST(epoll_ctl(edges, EPOLL_CTL_ADD, p2[0], &edge));
    int around = set_with(edges);
    MUST(write(p2[1], "x", 1));
    wait_in("edge outside", around, 0);
    wait_in("edge inside", edges, 0);
    wait_in("edge outside again", around, 0);

    /* Chains. */
    int last = epoll_create1(0), links = 0;
    for (; links < 8; links++) {
        int next = epoll_create1(0);
        if (epoll_ctl(next, EPOLL_CTL_ADD, last, &edge))
            break;
        last = next;
    }
    say("%d links, then %s\n", links, error_name(errno));
    timer = set_with(inner);
    say_result("loop", epoll_ctl(inner, EPOLL_CTL_ADD, timer, &edge));
    say_result("itself", epoll_ctl(inner, EPOLL_CTL_ADD, inner, &edge));
    return 0;
}
