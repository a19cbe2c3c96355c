/* datagrams carry their sender: bind, connect, sendto and recvfrom of the Unix family and of UDP. */
#include "observe_sockets.h"

static struct address receiver_at(int family, int *fd)
{
    struct address at = family == AF_UNIX ? local_address("receiver") : loopback_address(family, 0);
    *fd = new_socket(family, SOCK_DGRAM);
    MUST(bind_to(*fd, &at));
    return name_of(*fd);
}

static void say_from(const char *what, int fd, const struct address *expected)
{
    char text[32] = "";
    struct address from;
    from.length = sizeof from.at;
    ssize_t n = recvfrom(fd, text, sizeof text - 1, 0, &from.at.any, &from.length);
    say("%s: %zd %s, length %u, expected %d\n", what, n, text, from.length,
        expected && from.length == expected->length && !memcmp(&from.at, &expected->at, from.length));
}

static void test(int family)
{
    int to, from = new_socket(family, SOCK_DGRAM), third = new_socket(family, SOCK_DGRAM);
    char text[8];
    struct address at = receiver_at(family, &to),
                   own = family == AF_UNIX ? local_address("sender") : loopback_address(family, 0);
    if (family == AF_UNIX) {
        say_result("unnamed", sendto(third, "who", 3, 0, &at.at.any, at.length));
        say_from("unnamed", to, NULL);
    }
    MUST(bind_to(from, &own));
    own = name_of(from);
    say_result("sendto", sendto(from, "hello", 5, 0, &at.at.any, at.length));
    say_from("hello", to, &own);
    say_result("reply", sendto(to, "back", 4, 0, &own.at.any, own.length));
    say_from("back", from, &at);
    say_result("connect", connect_to(from, &at));
    say_result("send", send(from, "one", 3, 0));
    say_result("write", write(from, "two", 3));
    say_result("empty", send(from, "", 0, 0));
    say_from("one", to, &own);
    say_result("cut", recv(to, text, 2, MSG_TRUNC));
    say_result("empty", recv(to, text, sizeof text, 0));
    say_result("nothing", recv(to, text, sizeof text, MSG_DONTWAIT));
    struct address peer = {.length = sizeof peer.at};
    MUST(getpeername(from, &peer.at.any, &peer.length));
    say("peer %d\n", peer.length == at.length && !memcmp(&peer.at, &at.at, at.length));
    say_result("not connected", send(third, "x", 1, 0));
    say_result("no peer", getpeername(third, &peer.at.any, &peer.length));
    say_result("listen", listen(third, 1));
    say_result("accept", accept(third, NULL, NULL));
    say_poll("empty", to);
    MUST(send(from, "poll", 4, 0));
    await_events(to, POLLIN);
    say_poll("something", to);
    say_read("read", to);
    close_fd(to);
    if (family == AF_UNIX)
        say_result("closed", send(from, "x", 1, 0));
    say("type %d\n", int_option(from, SOL_SOCKET, SO_TYPE) == SOCK_DGRAM);
}

int main(void)
{
    with_families(test);
    return 0;
}
