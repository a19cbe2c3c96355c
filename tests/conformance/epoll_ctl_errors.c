/* epoll_ctl: EEXIST, ENOENT, EPERM for a regular file, EBADF, EINVAL for itself and for a pipe as the set. */
#include "observe.h"

#include <sys/epoll.h>

int main(void)
{
    int ends[2];
    struct epoll_event event = {.events = EPOLLIN}, got;
    make_pipe(ends);
    int set = epoll_create(1);
    MUST(set);
    int file = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600);
    MUST(file);
    MUST(unlink("f"));
    say_result("modify absent", epoll_ctl(set, EPOLL_CTL_MOD, ends[0], &event));
    say_result("delete absent", epoll_ctl(set, EPOLL_CTL_DEL, ends[0], NULL));
    say_result("add", epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    say_result("add again", epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    say_result("regular file", epoll_ctl(set, EPOLL_CTL_ADD, file, &event));
    say_result("closed", epoll_ctl(set, EPOLL_CTL_ADD, 200, &event));
    say_result("itself", epoll_ctl(set, EPOLL_CTL_ADD, set, &event));
    say_result("not a set", epoll_ctl(ends[0], EPOLL_CTL_ADD, ends[1], &event));
    say_result("unknown operation", epoll_ctl(set, 77, ends[0], &event));
    say_result("no room", epoll_wait(set, &got, 0, 0));
    say_result("create 0", epoll_create(0));
    say_result("delete", epoll_ctl(set, EPOLL_CTL_DEL, ends[0], NULL));
    return 0;
}
