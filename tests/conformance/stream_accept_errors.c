/* accept, listen and connect on sockets in the wrong state. */
#include "observe_sockets.h"

static void test(int family)
{
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0);
    int fd = new_socket(family, SOCK_STREAM), listener = listen_at(&at, 5);
    say_result("accept fresh", accept(fd, NULL, NULL));
    say_result("getpeername fresh", getpeername(fd, &at.at.any, &(socklen_t){sizeof at.at}));
    if (family == AF_UNIX)
        say_result("listen unbound", listen(fd, 1));
    say_result("shutdown fresh", shutdown(fd, SHUT_RDWR));
    MUST(fcntl(listener, F_SETFL, O_NONBLOCK));
    say_result("accept nobody", accept(listener, NULL, NULL));
    say_result("accept4 flags", accept4(listener, NULL, NULL, 1));
    close_fd(fd);
    fd = new_socket(family, SOCK_STREAM);
    say_result("connect", connect_to(fd, &at));
    say_result("connect again", connect_to(fd, &at));
    say_result("listen connected", listen(fd, 1));
    say_result("bind connected", family == AF_UNIX ? 0 : bind_to(fd, &at));
    int accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    say("cloexec %d nonblock %d\n", fcntl(accepted, F_GETFD), (fcntl(accepted, F_GETFL) & O_NONBLOCK) != 0);
    say_result("accept accepted", accept(accepted, NULL, NULL));
    say_result("connect accepted", connect_to(accepted, &at));
    say_result("connect listener", connect_to(listener, &at));
    say_result("read listener", read(listener, &at, 1));
    signal(SIGPIPE, SIG_IGN);
    say_result("write listener", write(listener, &at, 1));
    say_result("write fresh", write(new_socket(family, SOCK_STREAM), &at, 1));
    say_result("read fresh", read(new_socket(family, SOCK_STREAM), &at, 1));
    say_result("listen again", listen(listener, 1));
    MUST(fcntl(accepted, F_SETFL, 0));
    say_result("accept pipe", accept(0, NULL, NULL));
    say_result("accept bad", accept(77, NULL, NULL));
    say_result("other family", ((void)(at = loopback_address(family == AF_INET ? AF_INET6 : AF_INET, 1)),
                                connect_to(new_socket(family, SOCK_STREAM), &at)));
    say_result("short", connect(new_socket(family, SOCK_STREAM), &at.at.any, 1));
    say_result("long", connect(new_socket(family, SOCK_STREAM), &at.at.any, 1000));
    close_fd(listener);
}

int main(void)
{
    MUST(close(0));
    MUST(open("/dev/null", O_RDONLY));
    with_families(test);
    return 0;
}
