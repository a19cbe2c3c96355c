/* a one-shot descriptor is reported once until EPOLL_CTL_MOD arms it again. */
#include "observe.h"

#include <sys/epoll.h>

int main(void)
{
    int ends[2];
    struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.fd = 9}, got;
    make_pipe(ends);
    int set = epoll_create1(0);
    MUST(set);
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    send_byte(ends[1], 'x');
    say_result("first", epoll_wait(set, &got, 1, -1));
    say_result("second", epoll_wait(set, &got, 1, 0));
    send_byte(ends[1], 'y');
    say_result("more data", epoll_wait(set, &got, 1, 0));
    MUST(epoll_ctl(set, EPOLL_CTL_MOD, ends[0], &event));
    say_result("armed", epoll_wait(set, &got, 1, 0));
    say_result("once", epoll_wait(set, &got, 1, 0));
    return 0;
}
