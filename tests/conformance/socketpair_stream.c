/* a stream pair carries bytes both ways; shutdown and close give EOF and EPIPE. */
#include "observe.h"
#include <sys/socket.h>

static volatile sig_atomic_t seen;

static void caught(int number)
{
    seen = number;
}

int main(void)
{
    int s[2];
    char text[16] = "";
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(s[0]);
        ssize_t n = read(s[1], text, sizeof text);
        MUST(write(s[1], text, (size_t)n));
        MUST(shutdown(s[1], SHUT_WR));
        take_byte(s[1]);
        _exit(0);
    }
    close_fd(s[1]);
    MUST(write(s[0], "echo", 4));
    MUST(read(s[0], text, 4));
    say("%s\n", text);
    say_result("eof", read(s[0], text, 4));
    send_byte(s[0], 'x');
    reap(child);
    say_result("no signal", send(s[0], "x", 1, MSG_NOSIGNAL));
    handle(SIGPIPE, caught, 0);
    say_result("gone", write(s[0], "x", 1));
    say("sigpipe %d\n", seen == SIGPIPE);
    int type;
    socklen_t length = sizeof type;
    MUST(getsockopt(s[0], SOL_SOCKET, SO_TYPE, &type, &length));
    say("%d\n", type == SOCK_STREAM);
    say_result("lseek", lseek(s[0], 0, SEEK_SET));
    say_result("not unix", socketpair(AF_INET, SOCK_STREAM, 0, s) < 0);
    return 0;
}
