/* sendmsg gathers and recvmsg scatters, with MSG_TRUNC told in msg_flags. */
#include "observe.h"

#include <sys/socket.h>

int main(void)
{
    int ends[2];
    char one[4] = "", two[16] = "";
    MUST(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends));
    struct iovec out[3] = {{(char[]){"ab"}, 2}, {(char[]){""}, 0}, {(char[]){"cdefgh"}, 6}};
    struct iovec in[2] = {{one, 3}, {two, 10}};
    struct msghdr message;
    memset(&message, 0, sizeof message);
    message.msg_iov = out;
    message.msg_iovlen = 3;
    say_result("sendmsg", sendmsg(ends[0], &message, 0));
    say_result("sendmsg", sendmsg(ends[0], &message, 0));
    message.msg_iov = in;
    message.msg_iovlen = 2;
    say_result("recvmsg", recvmsg(ends[1], &message, 0));
    say("%s %s, truncated %d\n", one, two, (message.msg_flags & MSG_TRUNC) != 0);
    message.msg_iovlen = 1;
    say_result("recvmsg", recvmsg(ends[1], &message, 0));
    say("%s, truncated %d\n", one, (message.msg_flags & MSG_TRUNC) != 0);
    return 0;
}
