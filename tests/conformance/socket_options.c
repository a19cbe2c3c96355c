/* options of the socket level: buffers are doubled and bounded, time-outs are kept, what cannot be set is refused. */
#include "observe_sockets.h"

int main(void)
{
    int ends[2];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    say_result("sndbuf", set_option(ends[0], SOL_SOCKET, SO_SNDBUF, 20000));
    say("%d\n", int_option(ends[0], SOL_SOCKET, SO_SNDBUF));
    say_result("rcvbuf", set_option(ends[0], SOL_SOCKET, SO_RCVBUF, 1));
    say("%d\n", int_option(ends[0], SOL_SOCKET, SO_RCVBUF));
    say_result("sndbuf", set_option(ends[0], SOL_SOCKET, SO_SNDBUF, 1));
    say("%d\n", int_option(ends[0], SOL_SOCKET, SO_SNDBUF));
    struct timeval time = {1, 500000}, back;
    socklen_t length = sizeof back;
    say_result("rcvtimeo", setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    MUST(getsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &back, &length));
    say("%ld %ld %u\n", (long)back.tv_sec, (long)back.tv_usec, length);
    MUST(getsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &back, &length));
    say("%ld %ld\n", (long)back.tv_sec, (long)back.tv_usec);
    time.tv_usec = 1000000;
    say_result("bad time", setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time));
    say_result("short time", setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &time, 4));
    say_result("type", set_option(ends[0], SOL_SOCKET, SO_TYPE, 1));
    say_result("error", set_option(ends[0], SOL_SOCKET, SO_ERROR, 1));
    say_result("peercred", set_option(ends[0], SOL_SOCKET, SO_PEERCRED, 1));
    say_result("passcred", set_option(ends[0], SOL_SOCKET, SO_PASSCRED, 1));
    say("%d %d\n", int_option(ends[0], SOL_SOCKET, SO_PASSCRED),
        int_option(ends[1], SOL_SOCKET, SO_PASSCRED));
    say_result("TCP_NODELAY", set_option(ends[0], IPPROTO_TCP, TCP_NODELAY, 1));
    length = (socklen_t)-1;
    say_result("negative length", getsockopt(ends[0], SOL_SOCKET, SO_TYPE, &back, &length));
    say_result("no socket", getsockopt(1, SOL_SOCKET, SO_TYPE, &back, &length));
    say_result("closed", getsockopt(99, SOL_SOCKET, SO_TYPE, &back, &length));
    say_result("bad pointer", setsockopt(ends[0], SOL_SOCKET, SO_KEEPALIVE, (void *)opaque(8), 4));
    return 0;
}
