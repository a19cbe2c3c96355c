/* writing to a closed peer is EPIPE with SIGPIPE, and without it when MSG_NOSIGNAL is given. */
#include "observe.h"

#include <sys/socket.h>

static volatile int count;

static void on_pipe(int number)
{
    (void)number;
    count++;
}

int main(void)
{
    int ends[2];
    char byte;
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    handle(SIGPIPE, on_pipe, 0);
    close_fd(ends[1]);
    say_result("send", send(ends[0], "x", 1, MSG_NOSIGNAL));
    say("SIGPIPE %d\n", count);
    say_result("write", write(ends[0], "x", 1));
    say("SIGPIPE %d\n", count);
    say_result("read", read(ends[0], &byte, 1));
    struct pollfd wanted = {ends[0], POLLIN | POLLOUT | POLLRDHUP, 0};
    say_result("poll", poll(&wanted, 1, 0));
    say("%x\n", wanted.revents);
    return 0;
}
