/* an epoll set without close-on-exec is what it was after exec, and a spawned child shares it. */
#include "observe.h"
#include <spawn.h>
#include <sys/epoll.h>

extern char **environ;

static void look(int set, const char *who, int timeout)
{
    struct epoll_event found[4];
    int count = epoll_wait(set, found, 4, timeout);
    say("%s: %d\n", who, count);
    for (int i = 0; i < count; i++)
        say("  %d has %x\n", (int)found[i].data.u64, found[i].events);
}

int main(int argc, char **argv)
{
    if (argc > 3) {
        int set = atoi(argv[2]), fd = atoi(argv[3]);
        look(set, argv[1], 0);
        struct epoll_event event = {.events = EPOLLIN | EPOLLONESHOT, .data.u64 = 8};
        say_result("change", epoll_ctl(set, EPOLL_CTL_MOD, fd, &event));
        look(set, argv[1], 0);
        return 0;
    }
    int ends[2], set = epoll_create1(0), closed = epoll_create1(EPOLL_CLOEXEC), status;
    char set_text[16], fd_text[16], as_spawned[] = "spawned", as_executed[] = "executed";
    say_result("pipe", pipe(ends));
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = 7};
    say_result("add", epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event));
    say_result("add", epoll_ctl(closed, EPOLL_CTL_ADD, ends[0], &event));
    say_result("write", write(ends[1], "x", 1));
    snprintf(set_text, sizeof set_text, "%d", set);
    snprintf(fd_text, sizeof fd_text, "%d", ends[0]);

    char *spawned[] = {argv[0], as_spawned, set_text, fd_text, 0};
    pid_t child;
    int result = posix_spawn(&child, argv[0], 0, 0, spawned, environ);
    waitpid(child, &status, 0);
    say_result("spawn", result);
    look(set, "parent", 0);
    event.data.u64 = 9;
    say_result("change", epoll_ctl(set, EPOLL_CTL_MOD, ends[0], &event));
    look(set, "parent", 0);
    look(closed, "its own", 0);

    char *executed[] = {argv[0], as_executed, set_text, fd_text, 0};
    execv(argv[0], executed);
    return 1;
}
