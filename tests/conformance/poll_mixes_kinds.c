/* poll waits on pipes, sockets, eventfds and files together. */
#include "observe.h"
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>

int main(void)
{
    int ends[2], s[2], e = eventfd(0, 0), file = open("f", O_RDWR | O_CREAT, 0600);
    make_pipe(ends);
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
    struct pollfd wait[5] = {{ends[0], POLLIN, 0},
                             {s[0], POLLIN, 0},
                             {e, POLLIN, 0},
                             {file, POLLIN | POLLOUT, 0},
                             {-1, POLLIN, 9}};
    say_result("file only", poll(wait, 5, 0));
    say("%x %x\n", wait[3].revents, wait[4].revents);
    say_result("timeout", poll(wait, 3, 10));
    for (int round = 0; round < 3; round++) {
        pid_t child = fork_child();
        if (child == 0) {
            struct timespec nap = {0, 10000000};
            nanosleep(&nap, NULL);
            uint64_t one = 1;
            MUST(write(round == 0 ? ends[1] : round == 1 ? s[1] : e, &one, 8));
            _exit(0);
        }
        MUST(poll(wait, 3, -1));
        say("%x %x %x\n", wait[0].revents, wait[1].revents, wait[2].revents);
        reap(child);
    }
    fd_set readers;
    FD_ZERO(&readers);
    FD_SET(s[0], &readers);
    FD_SET(ends[0], &readers);
    struct timeval limit = {1, 0};
    say_result("select", select(s[0] + 1, &readers, NULL, NULL, &limit));
    return 0;
}
