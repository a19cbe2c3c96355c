/* EPOLLOUT by edge: a full socket reports room once the peer has read. */
#include "observe_sockets.h"

int main(void)
{
    static char block[4096];
    int ends[2], set = epoll_create1(0);
    MUST(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends));
    struct epoll_event wanted = {.events = EPOLLOUT | EPOLLET}, got;
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &wanted));
    say("first %d\n", epoll_wait(set, &got, 1, 0));
    say("again %d\n", epoll_wait(set, &got, 1, 0));
    while (write(ends[0], block, sizeof block) > 0)
        ;
    say("full %s\n", error_name(errno));
    say_poll("full", ends[0]);
    say("waits %d\n", epoll_wait(set, &got, 1, 0));
    pid_t child = fork_child();
    if (child == 0) {
        while (read(ends[1], block, sizeof block) > 0)
            ;
        _exit(0);
    }
    say("room %d\n", epoll_wait(set, &got, 1, 20000));
    say_status("child", reap(child));
    say_poll("empty", ends[0]);
    return 0;
}
