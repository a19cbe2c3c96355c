/* MSG_PEEK fills all parts of a message and takes nothing. */
#include "observe_sockets.h"

static void peek(const char *what, int fd, int flags)
{
    char one[3], two[4], three[9];
    struct iovec parts[] = {{one, sizeof one}, {two, 0}, {two, sizeof two}, {three, sizeof three}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 4};
    ssize_t n = recvmsg(fd, &message, flags);
    say_result(what, n);
    if (n > 7)
        say("%.3s %.4s %.*s\n", one, two, (int)n - 7, three);
    else if (n > 0)
        say("%.*s\n", n < 3 ? (int)n : 3, one);
}

static void test(int family)
{
    int ends[2];
    connected_pair(family, ends);
    MUST(write(ends[0], "abcdefghij", 10));
    peek("peek", ends[1], MSG_PEEK);
    peek("again", ends[1], MSG_PEEK | MSG_DONTWAIT);
    peek("take", ends[1], 0);
    peek("nothing", ends[1], MSG_PEEK | MSG_DONTWAIT);
    MUST(write(ends[0], "abc", 3));
    peek("a part", ends[1], MSG_PEEK);
    peek("a part", ends[1], MSG_DONTWAIT);
    close_fd(ends[0]);
    peek("the end", ends[1], MSG_PEEK);
    close_fd(ends[1]);
}

int main(void)
{
    with_families(test);
    return 0;
}
