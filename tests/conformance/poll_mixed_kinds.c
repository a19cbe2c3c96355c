/* poll over pipes, a socket pair, an eventfd and a closed descriptor reports each of its own. */
#include "observe.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

int main(void)
{
    int ends[2], sockets[2];
    make_pipe(ends);
    MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets));
    int event = eventfd(0, 0);
    MUST(event);
    int closed = dup(event);
    close_fd(closed);
    struct pollfd wanted[6] = {
        {ends[0], POLLIN, 0},         {ends[1], POLLOUT, 0}, {sockets[0], POLLIN | POLLOUT, 0},
        {event, POLLIN | POLLOUT, 0}, {closed, POLLIN, 0},   {-1, POLLIN, 0}};
    for (int step = 0; step < 4; step++) {
        if (step == 1)
            send_byte(ends[1], 'a');
        if (step == 2)
            MUST(eventfd_write(event, 5));
        if (step == 3)
            send_byte(sockets[1], 'b');
        say("%d ready:", poll(wanted, 6, -1));
        for (int i = 0; i < 6; i++)
            say(" %x", wanted[i].revents);
        say("\n");
    }
    return 0;
}
