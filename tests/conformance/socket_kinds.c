/* socket tells families, types and protocols that it does not know apart. */
#include "observe_sockets.h"

static void try(int family, int type, int protocol)
{
    int fd = socket(family, type, protocol);
    say_result("socket", fd < 0 ? fd : 0);
    if (fd >= 0)
        close_fd(fd);
}

int main(void)
{
    try(AF_UNIX, SOCK_STREAM, 0);
    try(AF_UNIX, SOCK_STREAM, AF_UNIX);
    try(AF_UNIX, SOCK_STREAM, 6);
    try(AF_INET, SOCK_STREAM, 0);
    try(AF_INET, SOCK_STREAM, IPPROTO_TCP);
    try(AF_INET, SOCK_STREAM, IPPROTO_UDP);
    try(AF_INET6, SOCK_STREAM, IPPROTO_TCP);
    try(AF_UNIX, 12, 0);
    try(AF_UNIX, 0, 0);
    try(AF_INET, 12, 0);
    try(AF_UNIX, SOCK_STREAM | 0x100, 0);
    try(-1, SOCK_STREAM, 0);
    try(200, SOCK_STREAM, 0);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    say("cloexec %d flags %o\n", fcntl(fd, F_GETFD), fcntl(fd, F_GETFL));
    say("type %d domain %d protocol %d accepts %d error %d\n", int_option(fd, SOL_SOCKET, SO_TYPE),
        int_option(fd, SOL_SOCKET, SO_DOMAIN), int_option(fd, SOL_SOCKET, SO_PROTOCOL),
        int_option(fd, SOL_SOCKET, SO_ACCEPTCONN), int_option(fd, SOL_SOCKET, SO_ERROR));
    fd = socket(AF_INET, SOCK_STREAM, 0);
    say("type %d domain %d protocol %d accepts %d\n", int_option(fd, SOL_SOCKET, SO_TYPE),
        int_option(fd, SOL_SOCKET, SO_DOMAIN), int_option(fd, SOL_SOCKET, SO_PROTOCOL),
        int_option(fd, SOL_SOCKET, SO_ACCEPTCONN));
    return 0;
}
