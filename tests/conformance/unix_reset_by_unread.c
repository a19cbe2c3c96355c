/* a Unix stream that is closed with bytes unread is reset: ECONNRESET once, then the end. */
#include "observe_sockets.h"

int main(void)
{
    int ends[2];
    signal(SIGPIPE, SIG_IGN);
    connected_pair(AF_UNIX, ends);
    MUST(write(ends[0], "unread", 6));
    MUST(write(ends[1], "left", 4));
    close_fd(ends[1]);
    say_poll("reset", ends[0]);
    say_read("read", ends[0]);
    say_read("read", ends[0]);
    say_read("read", ends[0]);
    say_poll("after", ends[0]);
    close_fd(ends[0]);
    connected_pair(AF_UNIX, ends);
    MUST(write(ends[0], "unread", 6));
    close_fd(ends[1]);
    say("error %d\n", int_option(ends[0], SOL_SOCKET, SO_ERROR) == ECONNRESET);
    say("error %d\n", int_option(ends[0], SOL_SOCKET, SO_ERROR));
    say_read("read", ends[0]);
    close_fd(ends[0]);
    connected_pair(AF_UNIX, ends);
    MUST(write(ends[0], "unread", 6));
    close_fd(ends[1]);
    say_result("write", write(ends[0], "x", 1));
    return 0;
}
