/* options of TCP and IP that servers set are read back; levels and names that are not there are refused. */
#include "observe_sockets.h"

static void both(int fd, const char *what, int level, int name, int value)
{
    int before = int_option(fd, level, name);
    say_result(what, set_option(fd, level, name, value));
    say("before %d after %d\n", before, int_option(fd, level, name));
}

int main(void)
{
    int fd = new_socket(AF_INET, SOCK_STREAM), six = new_socket(AF_INET6, SOCK_STREAM);
    both(fd, "TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY, 5);
    both(fd, "TCP_CORK", IPPROTO_TCP, TCP_CORK, 1);
    both(fd, "TCP_KEEPIDLE", IPPROTO_TCP, TCP_KEEPIDLE, 60);
    both(fd, "TCP_KEEPINTVL", IPPROTO_TCP, TCP_KEEPINTVL, 10);
    both(fd, "TCP_KEEPCNT", IPPROTO_TCP, TCP_KEEPCNT, 5);
    both(fd, "TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT, 1000);
    both(fd, "TCP_DEFER_ACCEPT", IPPROTO_TCP, TCP_DEFER_ACCEPT, 0);
    both(fd, "SO_KEEPALIVE", SOL_SOCKET, SO_KEEPALIVE, 7);
    both(fd, "SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR, 7);
    both(fd, "SO_REUSEPORT", SOL_SOCKET, SO_REUSEPORT, 1);
    both(fd, "SO_BROADCAST", SOL_SOCKET, SO_BROADCAST, 1);
    both(fd, "SO_OOBINLINE", SOL_SOCKET, SO_OOBINLINE, 1);
    both(fd, "SO_RCVLOWAT", SOL_SOCKET, SO_RCVLOWAT, 10);
    both(fd, "IP_TOS", IPPROTO_IP, IP_TOS, 16);
    both(fd, "IP_TTL", IPPROTO_IP, IP_TTL, 32);
    both(six, "IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY, 1);
    both(fd, "SO_TYPE", SOL_SOCKET, SO_TYPE, 1);
    both(fd, "unknown name", SOL_SOCKET, 9999, 1);
    both(fd, "unknown level", 9999, 1, 1);
    both(fd, "unknown of TCP", IPPROTO_TCP, 9999, 1);
    both(fd, "unknown of IP", IPPROTO_IP, 9999, 1);
    struct linger linger = {1, 3}, back = {0, 0};
    socklen_t length = sizeof back;
    MUST(setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger));
    MUST(getsockopt(fd, SOL_SOCKET, SO_LINGER, &back, &length));
    say("linger %d %d %u\n", back.l_onoff, back.l_linger, length);
    char byte = 1;
    say_result("short", setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &byte, 1));
    length = 1;
    say_result("short get", getsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &byte, &length));
    say("length %u\n", length);
    return 0;
}
