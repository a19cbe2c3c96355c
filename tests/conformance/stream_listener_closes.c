/* connections that nobody accepted are reset when the listener goes. */
#include "observe_sockets.h"

static void test(int family)
{
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0);
    int listener = listen_at(&at, 5), fd = new_socket(family, SOCK_STREAM);
    MUST(connect_to(fd, &at));
    if (family != AF_UNIX)
        MUST(write(fd, "x", 1));
    close_fd(listener);
    await_events(fd, POLLRDHUP);
    say_read("first", fd);
    say_read("second", fd);
    signal(SIGPIPE, SIG_IGN);
    say_result("write", write(fd, "x", 1));
    close_fd(fd);
    fd = new_socket(family, SOCK_STREAM);
    say_result("connect", connect_to(fd, &at));
}

int main(void)
{
    with_families(test);
    return 0;
}
