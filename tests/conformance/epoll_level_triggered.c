/* a level-triggered descriptor is reported as long as it has data, with its own 64 bits. */
#include "observe.h"

#include <sys/epoll.h>

int main(void)
{
    int ends[2];
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = 0x123456789abcdef0}, got;
    make_pipe(ends);
    int set = epoll_create1(EPOLL_CLOEXEC);
    MUST(set);
    say("cloexec %d\n", fcntl(set, F_GETFD));
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    say_result("empty", epoll_wait(set, &got, 1, 0));
    send_byte(ends[1], 'x');
    for (int i = 0; i < 2; i++) {
        say_result("data", epoll_wait(set, &got, 1, -1));
        say("%x %llx\n", got.events, (unsigned long long)got.data.u64);
    }
    take_byte(ends[0]);
    say_result("read", epoll_wait(set, &got, 1, 0));
    close_fd(ends[1]);
    say_result("closed", epoll_wait(set, &got, 1, -1));
    say("%x\n", got.events);
    return 0;
}
