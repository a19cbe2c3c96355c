/* shutdown of either half: what reads, writes, polls and the other side see. */
#include "observe_sockets.h"

static void try(int family, int how)
{
    int ends[2];
    connected_pair(family, ends);
    say("shutdown %d\n", how);
    MUST(write(ends[0], "ab", 2));
    MUST(write(ends[1], "cd", 2));
    say_result("shutdown", shutdown(ends[0], how));
    if (how != SHUT_RD)
        await_events(ends[1], POLLRDHUP);
    say_poll("this", ends[0]);
    say_poll("that", ends[1]);
    say_read("that reads", ends[1]);
    if (how != SHUT_RD)
        say_read("that reads", ends[1]);
    say_read("this reads", ends[0]);
    if (how != SHUT_WR)
        say_read("this reads", ends[0]);
    say_result("this writes", write(ends[0], "x", 1));
    if (family == AF_UNIX || how != SHUT_RDWR)
        say_result("that writes", write(ends[1], "y", 1));
    say_result("again", shutdown(ends[0], how));
    close_fd(ends[0]);
    close_fd(ends[1]);
}

static void test(int family)
{
    for (int how = SHUT_RD; how <= SHUT_RDWR; how++)
        try(family, how);
    int ends[2];
    connected_pair(family, ends);
    say_result("bad", shutdown(ends[0], 3));
    say_result("no socket", shutdown(1, SHUT_RD));
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    with_families(test);
    return 0;
}
