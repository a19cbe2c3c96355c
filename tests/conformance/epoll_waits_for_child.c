/* epoll_wait sleeps until a child writes, and until its time is over. */
#include "observe.h"
#include <sys/epoll.h>

int main(void)
{
    int ends[2], e = epoll_create1(0);
    make_pipe(ends);
    struct epoll_event event = {.events = EPOLLIN}, got;
    MUST(epoll_ctl(e, EPOLL_CTL_ADD, ends[0], &event));
    say_result("timeout", epoll_wait(e, &got, 1, 20));
    pid_t child = fork_child();
    if (child == 0) {
        struct timespec nap = {0, 20000000};
        nanosleep(&nap, NULL);
        send_byte(ends[1], 'x');
        _exit(0);
    }
    close_fd(ends[1]);
    say_result("byte", epoll_wait(e, &got, 1, -1));
    take_byte(ends[0]);
    reap(child);
    say_result("hang-up", epoll_wait(e, &got, 1, -1));
    say("%d\n", (got.events & EPOLLHUP) != 0);
    return 0;
}
