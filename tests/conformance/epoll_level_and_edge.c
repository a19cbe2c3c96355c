/* epoll reports level-triggered while there is something, edge-triggered once, one-shot until rearmed. */
#include "observe.h"
#include <sys/epoll.h>

int main(void)
{
    int ends[2], e = epoll_create1(EPOLL_CLOEXEC);
    make_pipe(ends);
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = 0x123456789abcdef0}, got[4];
    MUST(epoll_ctl(e, EPOLL_CTL_ADD, ends[0], &event));
    say_result("again", epoll_ctl(e, EPOLL_CTL_ADD, ends[0], &event));
    say_result("nothing", epoll_wait(e, got, 4, 0));
    send_byte(ends[1], 'x');
    say_result("level", epoll_wait(e, got, 4, 0));
    say_result("level again", epoll_wait(e, got, 4, 0));
    say("data %d events %x\n", got[0].data.u64 == event.data.u64, got[0].events);
    event.events = EPOLLIN | EPOLLET;
    MUST(epoll_ctl(e, EPOLL_CTL_MOD, ends[0], &event));
    say_result("edge", epoll_wait(e, got, 4, 0));
    say_result("edge again", epoll_wait(e, got, 4, 0));
    send_byte(ends[1], 'y');
    say_result("edge, more", epoll_wait(e, got, 4, 0));
    event.events = EPOLLIN | EPOLLONESHOT;
    MUST(epoll_ctl(e, EPOLL_CTL_MOD, ends[0], &event));
    say_result("one shot", epoll_wait(e, got, 4, 0));
    say_result("one shot again", epoll_wait(e, got, 4, 0));
    MUST(epoll_ctl(e, EPOLL_CTL_DEL, ends[0], NULL));
    say_result("deleted", epoll_ctl(e, EPOLL_CTL_DEL, ends[0], NULL));
    int file = open("f", O_RDWR | O_CREAT, 0600);
    say_result("file", epoll_ctl(e, EPOLL_CTL_ADD, file, &event));
    say_result("itself", epoll_ctl(e, EPOLL_CTL_ADD, e, &event));
    event.events = EPOLLOUT | EPOLLIN;
    MUST(epoll_ctl(e, EPOLL_CTL_ADD, ends[1], &event));
    close_fd(ends[0]);
    MUST(epoll_wait(e, got, 4, 0));
    say("reader gone %d\n", (got[0].events & EPOLLERR) != 0);
    return 0;
}
