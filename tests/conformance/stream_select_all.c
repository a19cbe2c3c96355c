/* select says of listeners, connections and their ends what can be done; a full connection is not writable until it is read. */
#include "observe_sockets.h"

#include <sys/select.h>

static void say_select(const char *who, int fd)
{
    fd_set in, out, other;
    struct timeval now = {0, 0};
    FD_ZERO(&in);
    FD_ZERO(&out);
    FD_ZERO(&other);
    FD_SET(fd, &in);
    FD_SET(fd, &out);
    FD_SET(fd, &other);
    int n = select(fd + 1, &in, &out, &other, &now);
    MUST(n);
    say("%s: %d%s%s%s\n", who, n, FD_ISSET(fd, &in) ? " in" : "", FD_ISSET(fd, &out) ? " out" : "",
        FD_ISSET(fd, &other) ? " other" : "");
}

static void test(int family)
{
    static char block[65536];
    struct address at = family == AF_UNIX ? local_address("@unibench-select") : loopback_address(family, 0);
    int listener = listen_at(&at, 4), client = new_socket(family, SOCK_STREAM);
    say_select("listener", listener);
    MUST(connect_to(client, &at));
    say_select("somebody came", listener);
    int server = accept(listener, NULL, NULL);
    MUST(server);
    say_select("accepted", listener);
    say_select("client", client);
    MUST(write(server, "x", 1));
    await_events(client, POLLIN);
    say_select("with a byte", client);
    set_nonblocking(server);
    while (write(server, block, sizeof block) > 0)
        continue;
    if (family == AF_UNIX)
        say_select("full", server);
    size_t all = 0;
    for (ssize_t n; (n = recv(client, block, sizeof block, MSG_DONTWAIT)) > 0;)
        all += (size_t)n;
    await_events(server, POLLOUT);
    say_select("empty", server);
    close_fd(server);
    await_events(client, POLLIN);
    while (recv(client, block, sizeof block, MSG_DONTWAIT) > 0)
        continue;
    say_select("closed", client);
    close_fd(client);
    close_fd(listener);
}

int main(void)
{
    with_families(test);
    return 0;
}
