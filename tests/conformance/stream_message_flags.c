/* MSG_PEEK, MSG_WAITALL, MSG_DONTWAIT, MSG_TRUNC and MSG_OOB on streams. */
#include "observe_sockets.h"

static void test(int family)
{
    char text[32] = "";
    int ends[2];
    connected_pair(family, ends);
    say_result("dontwait", recv(ends[0], text, 5, MSG_DONTWAIT));
    MUST(write(ends[1], "hello", 5));
    await_events(ends[0], POLLIN);
    say_result("peek", recv(ends[0], text, 3, MSG_PEEK));
    say_result("peek all", recv(ends[0], text, 31, MSG_PEEK));
    say("%s\n", text);
    say_result("read", recv(ends[0], text, 2, 0));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(write(ends[1], " wor", 4));
        MUST(write(ends[1], "ld", 2));
        _exit(0);
    }
    memset(text, 0, sizeof text);
    say_result("waitall", recv(ends[0], text, 9, MSG_WAITALL));
    say("%s\n", text);
    say_status("child", reap(child));
    MUST(write(ends[1], "end", 3));
    MUST(shutdown(ends[1], SHUT_WR));
    say_result("waitall to the end", recv(ends[0], text, 9, MSG_WAITALL));
    say_result("nothing", recv(ends[0], text, 0, 0));
    say_result("at end", recv(ends[0], text, 4, 0));
    struct iovec parts[2] = {{text, 2}, {text + 10, 4}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2, .msg_flags = 77};
    MUST(write(ends[0], "abcdef", 6));
    await_events(ends[1], POLLIN);
    say_result("recvmsg", recvmsg(ends[1], &message, 0));
    say("%.2s %.4s flags %d name %u control %zu\n", text, text + 10, message.msg_flags, message.msg_namelen,
        (size_t)message.msg_controllen);
    message.msg_flags = 0;
    say_result("sendmsg", sendmsg(ends[0], &message, MSG_NOSIGNAL));
    say_read("gathered", ends[1]);
}

int main(void)
{
    with_families(test);
    return 0;
}
