/* a FIFO opened without a writer shows POLLHUP only when one has come and gone since. */
#include "observe.h"

#include <sys/epoll.h>

static void look(const char *when, int fd)
{
    struct pollfd one = {fd, POLLIN, 0};
    int found = poll(&one, 1, 0);
    say("%s: %d%s%s\n", when, found, one.revents & POLLIN ? " in" : "", one.revents & POLLHUP ? " hup" : "");
}

int main(void)
{
    char byte;
    MUST(mkfifo("f", 0600));
    int first = open("f", O_RDONLY | O_NONBLOCK), set = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN};
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, first, &event));
    look("fresh", first);
    say_result("set", epoll_wait(set, &event, 1, 0));
    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(first, &ready);
    say_result("select", select(first + 1, &ready, NULL, NULL, &(struct timeval){0, 0}));
    int out = open("f", O_WRONLY);
    look("writer", first);
    close_fd(out);
    look("gone", first);
    int second = open("f", O_RDONLY | O_NONBLOCK);
    look("second reader", second);
    look("first", first);
    say_result("read", read(second, &byte, 1));
    out = open("f", O_WRONLY);
    MUST(write(out, "x", 1));
    close_fd(out);
    look("second, written", second);
    MUST(read(second, &byte, 1));
    look("second, gone", second);
    close_fd(second);
    close_fd(first);
    first = open("f", O_RDONLY | O_NONBLOCK);
    look("opened again", first);
    return 0;
}
