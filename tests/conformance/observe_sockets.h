/* Sockets of conformance programs: addresses of either family, listeners, and what they say. */
#ifndef UNIBENCH_OBSERVE_SOCKETS_H
#define UNIBENCH_OBSERVE_SOCKETS_H

#include "observe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>

union any_address {
    struct sockaddr any;
    struct sockaddr_un local;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

struct address {
    union any_address at;
    socklen_t length;
};

/* A path, or with '@' in front an abstract name, which ends where the text does. */
static inline struct address local_address(const char *name)
{
    struct address made;
    memset(&made, 0, sizeof made);
    made.at.local.sun_family = AF_UNIX;
    size_t length = strlen(name);
    memcpy(made.at.local.sun_path, name, length);
    if (name[0] == '@')
        made.at.local.sun_path[0] = 0;
    made.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (name[0] != '@'));
    return made;
}

static inline struct address loopback_address(int family, int port)
{
    struct address made;
    memset(&made, 0, sizeof made);
    if (family == AF_INET) {
        made.at.four.sin_family = AF_INET;
        made.at.four.sin_port = htons((uint16_t)port);
        made.at.four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        made.length = sizeof made.at.four;
    } else {
        made.at.six.sin6_family = AF_INET6;
        made.at.six.sin6_port = htons((uint16_t)port);
        made.at.six.sin6_addr = in6addr_loopback;
        made.length = sizeof made.at.six;
    }
    return made;
}

static inline int bind_to(int fd, const struct address *to)
{
    return bind(fd, &to->at.any, to->length);
}

static inline int connect_to(int fd, const struct address *to)
{
    return connect(fd, &to->at.any, to->length);
}

static inline struct address name_of(int fd)
{
    struct address name;
    name.length = sizeof name.at;
    MUST(getsockname(fd, &name.at.any, &name.length));
    return name;
}

static inline int new_socket(int family, int type)
{
    int fd = socket(family, type, 0);
    MUST(fd);
    return fd;
}

/* Listens at an address; where that has port 0 or no name, at one that the system chooses and tells. */
static inline int listen_at(struct address *at, int backlog)
{
    int fd = new_socket(at->at.any.sa_family, SOCK_STREAM);
    MUST(bind_to(fd, at));
    MUST(listen(fd, backlog));
    *at = name_of(fd);
    return fd;
}

/* A connected pair of stream sockets of a family, through a listener. */
static inline void connected_pair(int family, int ends[2])
{
    struct address at = family == AF_UNIX ? local_address("@") : loopback_address(family, 0);
    if (family == AF_UNIX)
        at.length = sizeof(sa_family_t);
    int listener = listen_at(&at, 4);
    ends[0] = new_socket(family, SOCK_STREAM);
    MUST(connect_to(ends[0], &at));
    ends[1] = accept(listener, NULL, NULL);
    MUST(ends[1]);
    close_fd(listener);
}

static inline int int_option(int fd, int level, int name)
{
    int value = -1;
    socklen_t length = sizeof value;
    if (getsockopt(fd, level, name, &value, &length) < 0)
        return -errno;
    return value;
}

static inline int set_option(int fd, int level, int name, int value)
{
    return setsockopt(fd, level, name, &value, sizeof value);
}

static inline void set_nonblocking(int fd)
{
    MUST(fcntl(fd, F_SETFL, O_NONBLOCK));
}

/* What poll says now, without waiting. */
static inline void say_poll(const char *who, int fd)
{
    struct pollfd wanted = {fd, POLLIN | POLLOUT | POLLRDHUP | POLLPRI, 0};
    MUST(poll(&wanted, 1, 0));
    say("%s:%s%s%s%s%s%s\n", who, wanted.revents & POLLIN ? " in" : "",
        wanted.revents & POLLOUT ? " out" : "", wanted.revents & POLLRDHUP ? " rdhup" : "",
        wanted.revents & POLLHUP ? " hup" : "", wanted.revents & POLLERR ? " err" : "",
        wanted.revents & POLLNVAL ? " nval" : "");
}

/* Waits until poll says these events. */
static inline void await_events(int fd, short events)
{
    struct pollfd wanted = {fd, events, 0};
    MUST(poll(&wanted, 1, 20000));
}

static inline const char *family_name(int family)
{
    return family == AF_UNIX ? "unix" : family == AF_INET ? "four" : "six";
}

/* Runs a test with each family of stream sockets. */
static inline void with_families(void (*test)(int family))
{
    const int families[] = {AF_UNIX, AF_INET, AF_INET6};
    for (int i = 0; i < 3; i++) {
        say("-- %s\n", family_name(families[i]));
        test(families[i]);
    }
}

static inline void say_read(const char *who, int fd)
{
    char text[64];
    ssize_t n = read(fd, text, sizeof text - 1);
    if (n < 0)
        say("%s: -1 %s\n", who, error_name(errno));
    else
        say("%s: %zd %.*s\n", who, n, (int)n, text);
}

#endif
