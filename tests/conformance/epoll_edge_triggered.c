/* an edge-triggered descriptor is reported once for each arrival of data, read or not. */
#include "observe.h"

#include <sys/epoll.h>
#include <sys/socket.h>

int main(void)
{
    int ends[2];
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 1}, got;
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    int set = epoll_create1(0);
    MUST(set);
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    for (int i = 0; i < 3; i++) {
        send_byte(ends[1], 'x');
        say_result("arrived", epoll_wait(set, &got, 1, -1));
        say_result("again", epoll_wait(set, &got, 1, 0));
    }
    MUST(epoll_ctl(set, EPOLL_CTL_MOD, ends[0], &event));
    say_result("rearmed by MOD", epoll_wait(set, &got, 1, 0));
    say_result("again", epoll_wait(set, &got, 1, 0));
    return 0;
}
