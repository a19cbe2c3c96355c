/* poll, select and epoll of both ends of a terminal: when there is a line, when there is room, at once and asleep. */
#include "observe_terminal.h"

#include <sys/epoll.h>
#include <sys/select.h>

static int master, slave;

static void say_epoll(const char *what, int set, int timeout)
{
    struct epoll_event event = {0, {0}};
    int count = epoll_wait(set, &event, 1, timeout);
    MUST(count);
    say("%s: %d %x %u\n", what, count, count ? event.events : 0, count ? event.data.u32 : 0);
}

int main(void)
{
    open_pair(&master, &slave);
    change_local(slave, ECHO, 0);
    say_events("master", master);
    say_events("slave", slave);
    type(master, "part");
    say_events("half a line", slave);
    type(master, "\n");
    say_events("a line", slave);
    fd_set in;
    FD_ZERO(&in);
    FD_SET(slave, &in);
    FD_SET(master, &in);
    struct timeval now = {0, 0};
    say_result("select", select((slave > master ? slave : master) + 1, &in, NULL, NULL, &now));
    say("slave %d, master %d\n", FD_ISSET(slave, &in) != 0, FD_ISSET(master, &in) != 0);

    int level = epoll_create1(0), edge = epoll_create1(0);
    struct epoll_event wanted = {EPOLLIN, {.u32 = 1}};
    MUST(epoll_ctl(level, EPOLL_CTL_ADD, slave, &wanted));
    wanted = (struct epoll_event){EPOLLIN | EPOLLET, {.u32 = 2}};
    MUST(epoll_ctl(edge, EPOLL_CTL_ADD, slave, &wanted));
    say_epoll("level", level, 0);
    say_epoll("level again", level, 0);
    say_epoll("edge", edge, 0);
    say_epoll("edge again", edge, 0);
    say_read("line", slave, 100);
    say_epoll("level, read", level, 0);
    type(master, "more\n");
    say_epoll("edge of the next", edge, -1);
    say_read("next", slave, 100);

    pid_t child = fork_child();
    if (child == 0) {
        await(slave, POLLIN);
        say_read("woken", slave, 100);
        say_result("answer", write(slave, "answer", 6));
        _exit(0);
    }
    type(master, "wake up\n");
    await(master, POLLIN);
    say_status("child", reap(child));
    say_all("shown", master, 6);
    return 0;
}
