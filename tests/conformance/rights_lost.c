/* descriptors for which there is no room are closed and the message says so; those on their way go with the socket. */
#include "observe_passing.h"

int main(void)
{
    int line[2], ends[2], fds[3];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, line));
    make_pipe(ends);
    for (int i = 0; i < 3; i++)
        fds[i] = ends[1];
    MUST(pass(line[0], "three", fds, 3, NULL));
    struct received got = take_passed(line[1], CMSG_LEN(2 * sizeof(int)), 0);
    say_received("room for two", &got);
    close_fd(got.fds[0]);
    close_fd(got.fds[1]);
    MUST(pass(line[0], "one", fds, 1, NULL));
    got = take_passed(line[1], 0, 0);
    say_received("no room", &got);
    say_result("bad", pass(line[0], "bad", (int[]){ends[1], 99}, 2, NULL));
    got = take_passed(line[1], 256, MSG_DONTWAIT);
    say_received("nothing came", &got);
    MUST(pass(line[0], "never", fds, 1, NULL));
    close_fd(ends[1]);
    struct pollfd wanted = {ends[0], POLLIN, 0};
    say("still open %d\n", poll(&wanted, 1, 0) == 0);
    close_fd(line[1]);
    say("closed %d\n", take_byte(ends[0]));
    return 0;
}
