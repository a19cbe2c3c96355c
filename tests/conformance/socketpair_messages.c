/* datagram and seqpacket pairs keep message borders; MSG_PEEK leaves, MSG_DONTWAIT does not wait. */
#include "observe.h"
#include <sys/socket.h>

int main(void)
{
    int s[2];
    char text[16];
    for (int type = SOCK_DGRAM; type; type = type == SOCK_DGRAM ? SOCK_SEQPACKET : 0) {
        MUST(socketpair(AF_UNIX, type, 0, s));
        say_result("empty", recv(s[0], text, sizeof text, MSG_DONTWAIT));
        MUST(send(s[1], "one", 3, 0));
        MUST(send(s[1], "twotwo", 6, 0));
        say_result("peek", recv(s[0], text, sizeof text, MSG_PEEK));
        say_result("first", recv(s[0], text, sizeof text, 0));
        struct iovec parts[2] = {{text, 2}, {text + 8, 2}};
        struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
        say_result("scattered", recvmsg(s[0], &message, 0));
        say("%.2s %.2s truncated %d\n", text, text + 8, (message.msg_flags & MSG_TRUNC) != 0);
        char letters[] = "abcde";
        struct iovec out[2] = {{letters, 2}, {letters + 2, 3}};
        message = (struct msghdr){.msg_iov = out, .msg_iovlen = 2};
        say_result("gathered", sendmsg(s[0], &message, 0));
        say_result("read", read(s[1], text, sizeof text));
    }
    struct pollfd wait[2] = {{s[0], POLLIN | POLLOUT, 0}, {s[1], POLLIN, 0}};
    say_result("poll", poll(wait, 2, 0));
    say("%x %x\n", wait[0].revents, wait[1].revents);
    return 0;
}
