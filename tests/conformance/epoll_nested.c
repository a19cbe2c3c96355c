/* an epoll set inside another, and inside poll, is readable when it has something to report. */
#include "observe.h"

#include <sys/epoll.h>

int main(void)
{
    int ends[2];
    struct epoll_event event = {.events = EPOLLIN}, got;
    make_pipe(ends);
    int inner = epoll_create1(0), outer = epoll_create1(0);
    MUST(inner);
    MUST(outer);
    MUST(epoll_ctl(inner, EPOLL_CTL_ADD, ends[0], &event));
    MUST(epoll_ctl(outer, EPOLL_CTL_ADD, inner, &event));
    say_result("loop", epoll_ctl(inner, EPOLL_CTL_ADD, outer, &event));
    struct pollfd wanted = {inner, POLLIN, 0};
    say_result("outer", epoll_wait(outer, &got, 1, 0));
    say_result("poll", poll(&wanted, 1, 0));
    send_byte(ends[1], 'x');
    say_result("outer", epoll_wait(outer, &got, 1, -1));
    say_result("poll", poll(&wanted, 1, -1));
    return 0;
}
