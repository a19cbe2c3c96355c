/* TCP ports: allocation, EADDRINUSE, SO_REUSEADDR, SO_REUSEPORT, wildcard against address, foreign addresses. */
#include "observe_sockets.h"

static void try_second(const char *what, int reuse_first, int reuse_second, int option, int listens,
                       in_addr_t first, in_addr_t second)
{
    struct address at = loopback_address(AF_INET, 0);
    int a = new_socket(AF_INET, SOCK_STREAM), b = new_socket(AF_INET, SOCK_STREAM);
    at.at.four.sin_addr.s_addr = htonl(first);
    MUST(set_option(a, SOL_SOCKET, option, reuse_first));
    MUST(set_option(b, SOL_SOCKET, option, reuse_second));
    MUST(bind_to(a, &at));
    at = name_of(a);
    if (listens)
        MUST(listen(a, 1));
    at.at.four.sin_addr.s_addr = htonl(second);
    say_result(what, bind_to(b, &at));
    if (listens)
        say_result("listen", listen(b, 1));
    close_fd(a);
    close_fd(b);
}

int main(void)
{
    struct address at = loopback_address(AF_INET, 0);
    int fd = new_socket(AF_INET, SOCK_STREAM);
    struct address name = name_of(fd);
    say("unbound port %d any %d\n", ntohs(name.at.four.sin_port), name.at.four.sin_addr.s_addr == 0);
    say_result("bind", bind_to(fd, &at));
    name = name_of(fd);
    say("port %d\n", ntohs(name.at.four.sin_port) > 1023);
    say_result("again", bind_to(fd, &at));
    close_fd(fd);
    in_addr_t one = INADDR_LOOPBACK, two = INADDR_LOOPBACK + 1;
    try_second("same", 0, 0, SO_REUSEADDR, 0, one, one);
    try_second("same reused by one", 1, 0, SO_REUSEADDR, 0, one, one);
    try_second("same reused", 1, 1, SO_REUSEADDR, 0, one, one);
    try_second("same reused, listens", 1, 1, SO_REUSEADDR, 1, one, one);
    try_second("shared", 1, 1, SO_REUSEPORT, 1, one, one);
    try_second("shared by one", 1, 0, SO_REUSEPORT, 1, one, one);
    try_second("other address", 0, 0, SO_REUSEADDR, 1, one, two);
    try_second("any after one", 0, 0, SO_REUSEADDR, 1, one, INADDR_ANY);
    try_second("one after any", 0, 0, SO_REUSEADDR, 1, INADDR_ANY, one);
    at.at.four.sin_addr.s_addr = htonl(0x08080808);
    say_result("foreign", bind_to(new_socket(AF_INET, SOCK_STREAM), &at));
    at = loopback_address(AF_INET6, 0);
    say_result("family", bind_to(new_socket(AF_INET, SOCK_STREAM), &at));
    at = loopback_address(AF_INET, 0);
    say_result("short", bind(new_socket(AF_INET, SOCK_STREAM), &at.at.any, 8));
    fd = new_socket(AF_INET, SOCK_STREAM);
    say_result("listen unbound", listen(fd, 1));
    name = name_of(fd);
    say("port %d any %d\n", ntohs(name.at.four.sin_port) > 1023, name.at.four.sin_addr.s_addr == 0);
    name.at.four.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 7);
    int client = new_socket(AF_INET, SOCK_STREAM);
    say_result("connect", connect_to(client, &name));
    name = name_of(client);
    say("from %x\n", ntohl(name.at.four.sin_addr.s_addr) & 0xff000000);
    return 0;
}
