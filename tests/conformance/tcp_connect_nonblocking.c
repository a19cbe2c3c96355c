/* a non-blocking connect: EINPROGRESS, POLLOUT when it is done, SO_ERROR; refused the same way. */
#include "observe_sockets.h"

static void test(int family)
{
    struct address at = loopback_address(family, 0);
    int listener = listen_at(&at, 5), fd = new_socket(family, SOCK_STREAM | SOCK_NONBLOCK);
    say_result("connect", connect_to(fd, &at));
    await_events(fd, POLLOUT);
    say_poll("connected", fd);
    say("error %d\n", int_option(fd, SOL_SOCKET, SO_ERROR));
    say_result("once more", connect_to(fd, &at));
    say_result("and more", connect_to(fd, &at));
    close_fd(fd);
    close_fd(listener);
    fd = new_socket(family, SOCK_STREAM | SOCK_NONBLOCK);
    int made = connect_to(fd, &at);
    say("refused %s\n", made < 0 && (errno == EINPROGRESS || errno == ECONNREFUSED) ? "later" : "never");
    if (errno == EINPROGRESS) {
        await_events(fd, POLLOUT);
        say_poll("refused", fd);
        say("error %d\n", int_option(fd, SOL_SOCKET, SO_ERROR) == ECONNREFUSED);
    }
    say("error %d\n", int_option(fd, SOL_SOCKET, SO_ERROR));
    close_fd(fd);
    fd = new_socket(family, SOCK_STREAM);
    say_result("blocking", connect_to(fd, &at));
    say("error %d\n", int_option(fd, SOL_SOCKET, SO_ERROR));
}

int main(void)
{
    test(AF_INET);
    test(AF_INET6);
    return 0;
}
