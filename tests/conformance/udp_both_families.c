/* UDP: sockets of both families reach each other over mapped addresses; ports are chosen when first needed. */
#include "observe_sockets.h"

static void say_from(const char *what, int fd)
{
    char text[16];
    struct address from;
    from.length = sizeof from.at;
    ssize_t n = recvfrom(fd, text, sizeof text, 0, &from.at.any, &from.length);
    MUST(n);
    char name[INET6_ADDRSTRLEN] = "";
    if (from.at.any.sa_family == AF_INET)
        inet_ntop(AF_INET, &from.at.four.sin_addr, name, sizeof name);
    else
        inet_ntop(AF_INET6, &from.at.six.sin6_addr, name, sizeof name);
    say("%s: %.*s from %s, %u\n", what, (int)n, text, name, from.length);
}

int main(void)
{
    int six = new_socket(AF_INET6, SOCK_DGRAM), four = new_socket(AF_INET, SOCK_DGRAM);
    struct address any = loopback_address(AF_INET6, 0), to = loopback_address(AF_INET, 0);
    any.at.six.sin6_addr = in6addr_any;
    MUST(bind_to(six, &any));
    struct address bound = name_of(six);
    to.at.four.sin_port = bound.at.six.sin6_port;
    say("unbound port %d\n", name_of(four).at.four.sin_port != 0);
    MUST(sendto(four, "four", 4, 0, &to.at.any, to.length));
    say("port now %d\n", name_of(four).at.four.sin_port != 0);
    say_from("mapped", six);
    struct address self = loopback_address(AF_INET6, 0);
    self.at.six.sin6_port = bound.at.six.sin6_port;
    MUST(sendto(six, "six", 3, 0, &self.at.any, self.length));
    say_from("to itself", six);
    struct address back = loopback_address(AF_INET6, 0);
    back.at.six.sin6_port = name_of(four).at.four.sin_port;
    inet_pton(AF_INET6, "::ffff:127.0.0.1", &back.at.six.sin6_addr);
    MUST(sendto(six, "back", 4, 0, &back.at.any, back.length));
    say_from("back", four);
    say_result("empty", sendto(four, "", 0, 0, &to.at.any, to.length));
    say_from("empty", six);
    struct address taken = name_of(six);
    int again = new_socket(AF_INET6, SOCK_DGRAM);
    say_result("the same port", bind_to(again, &taken));
    say_result("listen", listen(again, 1));
    say_result("accept", accept(again, NULL, NULL));
    say_result("too long", sendto(four, (char[70000]){0}, 70000, 0, &to.at.any, to.length));
    return 0;
}
