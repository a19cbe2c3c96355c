/* a socket pair tells type, family and no error; it is a socket, cannot seek, flags apply to both ends. */
#include "observe.h"

#include <sys/socket.h>
#include <sys/un.h>

int main(void)
{
    int ends[2], value;
    const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET};
    for (int i = 0; i < 3; i++) {
        socklen_t size = sizeof value;
        struct sockaddr_un name;
        struct stat status;
        MUST(socketpair(AF_UNIX, types[i] | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends));
        MUST(getsockopt(ends[1], SOL_SOCKET, SO_TYPE, &value, &size));
        say("type %d size %u\n", value == types[i], size);
        MUST(getsockopt(ends[0], SOL_SOCKET, SO_ERROR, &value, &size));
        say("error %d\n", value);
        size = sizeof name;
        MUST(getsockname(ends[0], (struct sockaddr *)&name, &size));
        say("family %d length %u\n", name.sun_family == AF_UNIX, size);
        MUST(fstat(ends[0], &status));
        say("socket %d, cloexec %d, nonblock %d\n", S_ISSOCK(status.st_mode), fcntl(ends[1], F_GETFD),
            (fcntl(ends[1], F_GETFL) & O_NONBLOCK) != 0);
        say_result("lseek", lseek(ends[0], 0, SEEK_SET));
    }
    make_pipe(ends);
    say_result("send to a pipe", send(ends[1], "x", 1, 0));
    return 0;
}
