/* an inotify instance is shared by dup, fork and exec; poll, epoll and blocked readers hear of it. */
#include "observe_inotify.h"
#include <sys/epoll.h>

static int ready(int fd)
{
    struct pollfd entry = {.fd = fd, .events = POLLIN | POLLOUT};
    MUST(poll(&entry, 1, 0));
    return entry.revents;
}

static int report(int set, int timeout)
{
    struct epoll_event event = {0};
    int n = epoll_wait(set, &event, 1, timeout);
    MUST(n);
    return n ? (int)event.events : 0;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        say_events("after exec", atoi(argv[1]));
        return 0;
    }
    put("file", "text");
    int fd = inotify_init(), level = epoll_create1(0), edge = epoll_create1(0), started[2];
    MUST(pipe(started));
    struct epoll_event event = {.events = EPOLLIN};
    MUST(epoll_ctl(level, EPOLL_CTL_ADD, fd, &event));
    event.events = EPOLLIN | EPOLLET;
    MUST(epoll_ctl(edge, EPOLL_CTL_ADD, fd, &event));
    MUST(inotify_add_watch(fd, "file", IN_MODIFY | IN_ATTRIB));
    say("before: %d %d %d\n", ready(fd), report(level, 0), report(edge, 0));
    MUST(chmod("file", 0600));
    say("an event: %d %d %d\n", ready(fd), report(level, -1), report(edge, -1));
    say("the same: %d %d %d\n", ready(fd), report(level, -1), report(edge, 0));
    put("file", "more");
    say("another: %d %d %d\n", ready(fd), report(level, -1), report(edge, -1));
    int copy = dup(fd);
    MUST(copy);
    say_events("by a duplicate", copy);
    say("read: %d %d %d\n", ready(fd), report(level, 0), report(edge, 0));

    pid_t child = fork();
    if (child == 0) {
        close_fd(started[0]);
        MUST(write(started[1], "x", 1));
        close_fd(started[1]);
        say_events("a blocked child", fd);
        say("its watch %d\n", inotify_add_watch(fd, ".", IN_CREATE));
        _exit(0);
    }
    char byte;
    close_fd(started[1]);
    MUST(read(started[0], &byte, 1));
    MUST(chmod("file", 0640));
    MUST(waitpid(child, NULL, 0));
    put("made", "x");
    say("blocked in epoll: %d\n", report(level, -1));
    say_events("the child's watch", fd);
    child = fork();
    if (child == 0) {
        put("by a child", "x");
        _exit(0);
    }
    say_events("blocked until a child acts", fd);
    MUST(waitpid(child, NULL, 0));
    MUST(chmod("file", 0600));
    char number[12];
    snprintf(number, sizeof number, "%d", fd);
    execl("/proc/self/exe", argv[0], number, NULL);
    return 1;
}
