/* poll, select and epoll tell who listens of connections that wait, until they are accepted. */
#include "observe_sockets.h"

static void say_select(int fd)
{
    fd_set read_set, write_set;
    FD_ZERO(&read_set);
    FD_ZERO(&write_set);
    FD_SET(fd, &read_set);
    FD_SET(fd, &write_set);
    struct timeval none = {0, 0};
    int count = select(fd + 1, &read_set, &write_set, NULL, &none);
    say("select %d %d %d\n", count, FD_ISSET(fd, &read_set) != 0, FD_ISSET(fd, &write_set) != 0);
}

static void say_epoll(int set)
{
    struct epoll_event events[4];
    int count = epoll_wait(set, events, 4, 0);
    say("epoll %d %x\n", count, count > 0 ? events[0].events : 0);
}

static void test(int family)
{
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0);
    int listener = listen_at(&at, 5), set = epoll_create1(0), fresh = new_socket(family, SOCK_STREAM);
    struct epoll_event wanted = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP};
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, listener, &wanted));
    say_poll("fresh", fresh);
    say_poll("listener", listener);
    say_select(listener);
    say_epoll(set);
    MUST(connect_to(fresh, &at));
    await_events(listener, POLLIN);
    say_poll("listener", listener);
    say_select(listener);
    say_epoll(set);
    int accepted = accept(listener, NULL, NULL);
    say_poll("listener", listener);
    say_epoll(set);
    say_poll("client", fresh);
    say_poll("server", accepted);
    say_select(accepted);
    send_byte(fresh, 'x');
    await_events(accepted, POLLIN);
    say_poll("server", accepted);
    say_select(accepted);
    close_fd(listener);
    say_epoll(set);
}

int main(void)
{
    with_families(test);
    return 0;
}
