/* a blocked poll is woken by another process writing to a pipe, a socket or an eventfd. */
#include "observe.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

int main(void)
{
    int ends[2], sockets[2], back[2];
    make_pipe(ends);
    make_pipe(back);
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
    int event = eventfd(0, 0);
    MUST(event);
    pid_t child = fork_child();
    if (child == 0) {
        struct pollfd wanted[3] = {{ends[0], POLLIN, 0}, {sockets[0], POLLIN, 0}, {event, POLLIN, 0}};
        for (int step = 0; step < 3; step++) {
            eventfd_t count;
            send_byte(back[1], 'r');
            MUST(poll(wanted, 3, -1));
            say("woken: %x %x %x\n", wanted[0].revents, wanted[1].revents, wanted[2].revents);
            if (wanted[0].revents)
                take_byte(ends[0]);
            if (wanted[1].revents)
                take_byte(sockets[0]);
            if (wanted[2].revents)
                MUST(eventfd_read(event, &count));
        }
        _exit(0);
    }
    for (int step = 0; step < 3; step++) {
        take_byte(back[0]);
        if (step == 2)
            MUST(eventfd_write(event, 1));
        else
            send_byte(step == 0 ? ends[1] : sockets[1], 'x');
    }
    say_status("child", reap(child));
    return 0;
}
