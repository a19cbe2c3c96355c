/* epoll_ctl: EPERM for what is always ready, EBADF for O_PATH; the rules of EPOLLEXCLUSIVE. */
#include "observe.h"

#include <sys/epoll.h>

static int set;

static long control(int operation, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events};
    return epoll_ctl(set, operation, fd, &event);
}

int main(void)
{
    int p[2], q[2], file = open("f", O_RDWR | O_CREAT, 0600), other = epoll_create1(0);
    set = epoll_create1(0);
    MUST(pipe(p));
    MUST(pipe(q));
    say_result("file", control(EPOLL_CTL_ADD, file, EPOLLIN));
    say_result("directory", control(EPOLL_CTL_ADD, open(".", O_RDONLY | O_DIRECTORY), EPOLLIN));
    say_result("/dev/zero", control(EPOLL_CTL_ADD, open("/dev/zero", O_RDONLY), EPOLLIN));
    say_result("/dev/null", control(EPOLL_CTL_ADD, open("/dev/null", O_RDWR), EPOLLIN));
    say_result("path", control(EPOLL_CTL_ADD, open(".", O_PATH), EPOLLIN));
    say_result("path of a file", control(EPOLL_CTL_ADD, open("f", O_PATH), EPOLLIN));
    say_result("file in no set", epoll_ctl(p[0], EPOLL_CTL_ADD, file, &(struct epoll_event){0}));
    say_result("pipe in no set", epoll_ctl(p[0], EPOLL_CTL_ADD, p[1], &(struct epoll_event){0}));
    say_result("bad pointer", epoll_ctl(set, EPOLL_CTL_ADD, -1, NULL));
    say_result("no operation", control(9, p[0], EPOLLIN));
    say_result("exclusive", control(EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLEXCLUSIVE));
    say_result("again", control(EPOLL_CTL_ADD, p[0], EPOLLIN | EPOLLEXCLUSIVE));
    say_result("changed", control(EPOLL_CTL_MOD, p[0], EPOLLIN));
    say_result("made exclusive", control(EPOLL_CTL_ADD, q[0], EPOLLIN) +
                                     control(EPOLL_CTL_MOD, q[0], EPOLLIN | EPOLLEXCLUSIVE));
    say_result("once and exclusive", control(EPOLL_CTL_ADD, q[1], EPOLLOUT | EPOLLEXCLUSIVE | EPOLLONESHOT));
    say_result("exclusive set", control(EPOLL_CTL_ADD, other, EPOLLIN | EPOLLEXCLUSIVE));
    MUST(write(p[1], "x", 1));
    struct epoll_event event;
    say_result("event", epoll_wait(set, &event, 1, 0));
    say("%x\n", event.events);
    say_result("removed", control(EPOLL_CTL_DEL, p[0], 0));
    return 0;
}
