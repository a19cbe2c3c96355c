/* descriptors come with the bytes they were sent with: a read ends behind them, peeking copies, plain reads lose them. */
#include "observe_passing.h"

int main(void)
{
    int line[2], ends[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, line));
    make_pipe(ends);
    MUST(write(line[0], "ab", 2));
    say_result("pass", pass(line[0], "cd", ends, 1, NULL));
    MUST(write(line[0], "ef", 2));
    struct received got = take_passed(line[1], 256, MSG_PEEK);
    say("peeked %d\n", got.count);
    if (got.count)
        close_fd(got.fds[0]);
    got = take_passed(line[1], 256, 0);
    say_received("first", &got);
    got = take_passed(line[1], 256, 0);
    say_received("second", &got);
    MUST(pass(line[0], "gh", ends, 2, NULL));
    MUST(pass(line[0], "ij", ends, 1, NULL));
    got = take_passed(line[1], 256, 0);
    say_received("two", &got);
    got = take_passed(line[1], 256, 0);
    say_received("one", &got);
    MUST(pass(line[0], "lost", ends + 1, 1, NULL));
    close_fd(ends[1]);
    say_read("plain", line[1]);
    close_fd(got.fds[0]);
    got = take_passed(line[1], 256, MSG_DONTWAIT);
    say_received("nothing", &got);
    return 0;
}
