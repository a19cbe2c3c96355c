/* SO_RCVTIMEO ends a read and an accept with EAGAIN, SO_SNDTIMEO a write. */
#include "observe_sockets.h"

static void test(int family)
{
    static char block[1 << 20];
    struct timeval soon = {0, 20000};
    struct address at = family == AF_UNIX ? local_address("server") : loopback_address(family, 0);
    int listener = listen_at(&at, 4), ends[2];
    MUST(setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon));
    say_result("accept", accept(listener, NULL, NULL));
    connected_pair(family, ends);
    MUST(setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon));
    MUST(setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon));
    say_read("read", ends[0]);
    ssize_t written;
    int partial = 0;
    while ((written = write(ends[0], block, sizeof block)) > 0)
        partial |= written < (ssize_t)sizeof block;
    say_result("write", written);
    say("partial %d\n", partial);
    send_byte(ends[1], 'x');
    say_read("then", ends[0]);
    close_fd(listener);
}

int main(void)
{
    with_families(test);
    return 0;
}
