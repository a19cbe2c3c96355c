/* a stream socket pair carries bytes both ways between processes; shutdown and close give the end of file. */
#include "observe.h"

#include <sys/socket.h>

int main(void)
{
    int ends[2];
    char text[16];
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
    pid_t child = fork_child();
    if (child == 0) {
        int byte, sum = 0;
        close_fd(ends[0]);
        while ((byte = take_byte(ends[1])) >= 0)
            sum += byte;
        MUST(dprintf(ends[1], "sum %d", sum));
        _exit(0);
    }
    close_fd(ends[1]);
    for (char i = 1; i <= 100; i++)
        send_byte(ends[0], i);
    MUST(shutdown(ends[0], SHUT_WR));
    ssize_t n = recv(ends[0], text, sizeof text - 1, MSG_WAITALL);
    MUST(n);
    text[n] = 0;
    say("%s\n", text);
    say("end %d\n", take_byte(ends[0]));
    say_result("send after shutdown", send(ends[0], "x", 1, MSG_NOSIGNAL));
    say_status("child", reap(child));
    return 0;
}
