/* a descriptor leaves its epoll set when its last duplicate is closed, not before. */
#include "observe.h"

#include <sys/epoll.h>

int main(void)
{
    int ends[2];
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = 5}, got;
    make_pipe(ends);
    int set = epoll_create1(0);
    MUST(set);
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    send_byte(ends[1], 'x');
    int copy = dup(ends[0]);
    MUST(copy);
    close_fd(ends[0]);
    say_result("duplicate open", epoll_wait(set, &got, 1, 0));
    say("%u\n", got.data.u32);
    close_fd(copy);
    say_result("all closed", epoll_wait(set, &got, 1, 0));
    return 0;
}
