/* a connected UDP socket has the address that leads to its peer, and none again when it is connected no more. */
#include "observe_sockets.h"

static void say_name(const char *what, int fd)
{
    struct address at = name_of(fd);
    char name[INET6_ADDRSTRLEN] = "";
    if (at.at.any.sa_family == AF_INET)
        inet_ntop(AF_INET, &at.at.four.sin_addr, name, sizeof name);
    else
        inet_ntop(AF_INET6, &at.at.six.sin6_addr, name, sizeof name);
    say("%s: %s\n", what, name);
}

static void test(int family)
{
    struct address to = loopback_address(family, 0);
    struct sockaddr none = {.sa_family = AF_UNSPEC};
    int peer = new_socket(family, SOCK_DGRAM), fd = new_socket(family, SOCK_DGRAM);
    MUST(bind_to(peer, &to));
    to = name_of(peer);
    say_name("fresh", fd);
    MUST(connect_to(fd, &to));
    say_name("connected", fd);
    struct address own = name_of(fd);
    MUST(sendto(peer, "x", 1, 0, &own.at.any, own.length));
    say_read("reached", fd);
    MUST(connect(fd, &none, sizeof none));
    say_name("no more", fd);
    close_fd(peer);
    close_fd(fd);
    fd = new_socket(family, SOCK_STREAM);
    say_name("stream", fd);
    MUST(listen(fd, 1));
    say_name("listens without a name", fd);
    close_fd(fd);
}

int main(void)
{
    test(AF_INET);
    test(AF_INET6);
    return 0;
}
