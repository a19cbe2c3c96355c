/* the end comes when the last descriptor of a socket is closed, not with a duplicate; shutdown ends it for all. */
#include "observe_sockets.h"

static void test(int family)
{
    int ends[2];
    char byte;
    connected_pair(family, ends);
    int copy = dup(ends[0]);
    MUST(copy);
    close_fd(ends[0]);
    MUST(write(copy, "a", 1));
    say_read("through the copy", ends[1]);
    say_result("nothing", recv(ends[1], &byte, 1, MSG_DONTWAIT));
    int other = dup2(copy, 50);
    MUST(other);
    MUST(shutdown(copy, SHUT_WR));
    say_read("shut down", ends[1]);
    say_result("the other, too", send(other, "x", 1, MSG_NOSIGNAL));
    MUST(write(ends[1], "back", 4));
    say_read("still reads", other);
    close_fd(copy);
    say_result("the last is open", send(ends[1], "y", 1, MSG_NOSIGNAL));
    say_read("and reads", other);
    close_fd(other);
    say_poll("closed", ends[1]);
    close_fd(ends[1]);
}

int main(void)
{
    with_families(test);
    return 0;
}
