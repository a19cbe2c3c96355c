/* with more ready than asked for, each epoll_wait goes on where the last one stopped. */
#include "observe.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

static void rounds(int set, int most)
{
    int seen[6] = {0};
    for (int round = 0; round < 12; round++) {
        struct epoll_event events[4];
        int count = epoll_wait(set, events, most, 0);
        while (count-- > 0)
            seen[events[count].data.u32]++;
    }
    for (int i = 0; i < 6; i++)
        say("%d%s", seen[i], i < 5 ? " " : "\n");
}

int main(void)
{
    int pipes = epoll_create1(0), events = epoll_create1(0);
    for (uint32_t i = 0; i < 6; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        int p[2];
        MUST(pipe(p));
        MUST(write(p[1], "x", 1));
        MUST(epoll_ctl(pipes, EPOLL_CTL_ADD, p[0], &event));
        MUST(epoll_ctl(events, EPOLL_CTL_ADD, eventfd(1, 0), &event));
    }
    rounds(pipes, 2);
    rounds(pipes, 3);
    rounds(events, 1);
    return 0;
}
