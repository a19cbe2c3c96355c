/* epoll_wait returns no more than it has room for, and the others on the next call. */
#include "observe.h"

#include <sys/epoll.h>

int main(void)
{
    int ends[5][2], seen[5] = {0};
    struct epoll_event got[5];
    int set = epoll_create1(0);
    MUST(set);
    for (int i = 0; i < 5; i++) {
        make_pipe(ends[i]);
        MUST(epoll_ctl(set, EPOLL_CTL_ADD, ends[i][0],
                       &(struct epoll_event){.events = EPOLLIN, .data.u32 = (uint32_t)i}));
        send_byte(ends[i][1], 'x');
    }
    for (int round = 0; round < 3; round++) {
        int n = epoll_wait(set, got, 2, 0);
        say_result("ready", n);
        for (int i = 0; i < n; i++) {
            seen[got[i].data.u32]++;
            take_byte(ends[got[i].data.u32][0]);
        }
    }
    for (int i = 0; i < 5; i++)
        say("%d: %d\n", i, seen[i]);
    return 0;
}
