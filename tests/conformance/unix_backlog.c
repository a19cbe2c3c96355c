/* a full backlog: non-blocking connects are EAGAIN, a blocking one waits until somebody is accepted. */
#include "observe_sockets.h"

int main(void)
{
    struct address at = local_address("@unibench-backlog");
    int listener = listen_at(&at, 1), client[3], ready[2];
    for (int i = 0; i < 2; i++) {
        client[i] = new_socket(AF_UNIX, SOCK_STREAM);
        say_result("connect", connect_to(client[i], &at));
    }
    client[2] = new_socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK);
    say_result("full", connect_to(client[2], &at));
    struct timeval soon = {0, 20000};
    int timed = new_socket(AF_UNIX, SOCK_STREAM);
    MUST(setsockopt(timed, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon));
    say_result("in time", connect_to(timed, &at));
    make_pipe(ready);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(fcntl(client[2], F_SETFL, 0));
        send_byte(ready[1], 'r');
        say_result("blocking", connect_to(client[2], &at));
        _exit(0);
    }
    take_byte(ready[0]);
    MUST(accept(listener, NULL, NULL));
    say_status("child", reap(child));
    child = fork_child();
    if (child == 0) {
        int fd = new_socket(AF_UNIX, SOCK_STREAM);
        close_fd(listener);
        send_byte(ready[1], 'r');
        say_result("refused", connect_to(fd, &at));
        _exit(0);
    }
    take_byte(ready[0]);
    close_fd(listener);
    say_status("child", reap(child));
    close_fd(client[1]);
    return 0;
}
