/* a receiver waits for a datagram of another process; messages keep their borders and order through epoll and recvmsg. */
#include "observe_sockets.h"

static void test(int family)
{
    struct address at = family == AF_UNIX ? local_address("@unibench-wakes") : loopback_address(family, 0);
    int to = new_socket(family, SOCK_DGRAM), set = epoll_create1(0), right = 0;
    MUST(bind_to(to, &at));
    at = name_of(to);
    pid_t child = fork_child();
    if (child == 0) {
        int fd = new_socket(family, SOCK_DGRAM);
        for (char i = 0; i < 10; i++) {
            char text[10];
            memset(text, 'a' + i, sizeof text);
            MUST(sendto(fd, text, (size_t)i + 1, 0, &at.at.any, at.length));
        }
        _exit(0);
    }
    struct epoll_event wanted = {.events = EPOLLIN}, got;
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, to, &wanted));
    for (char i = 0; i < 10; i++) {
        char first[4], rest[16];
        struct iovec parts[2] = {{first, sizeof first}, {rest, sizeof rest}};
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
        MUST(epoll_wait(set, &got, 1, 20000));
        ssize_t n = recvmsg(to, &message, 0);
        right += n == i + 1 && first[0] == 'a' + i && (n <= 4 || rest[n - 5] == 'a' + i);
    }
    say("%d right\n", right);
    say_status("child", reap(child));
    struct timeval soon = {0, 20000};
    MUST(setsockopt(to, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon));
    say_read("in time", to);
}

int main(void)
{
    with_families(test);
    return 0;
}
