/* processes that wait at one epoll set share the work: every byte is taken, by one of them. */
#include "observe.h"

#include <sched.h>
#include <sys/epoll.h>

#define WORKERS 3
#define BYTES 300

static int set, work[2], stop[2], counts[2];

static int take_all(void)
{
    char byte;
    int count = 0;
    while (read(work[0], &byte, 1) == 1)
        count++;
    return count;
}

static void worker(uint32_t mode)
{
    int count = 0;
    close_fd(stop[1]);
    for (;;) {
        struct epoll_event event;
        MUST(epoll_wait(set, &event, 1, -1));
        count += take_all();
        if (event.data.u32 == 2) {
            MUST(write(counts[1], &count, sizeof count));
            _exit(0);
        }
        struct epoll_event again = {.events = EPOLLIN | mode, .data.u32 = 1};
        if (mode == EPOLLONESHOT)
            MUST(epoll_ctl(set, EPOLL_CTL_MOD, work[0], &again));
    }
}

static void round_of(const char *name, uint32_t mode)
{
    struct epoll_event event = {.events = EPOLLIN | mode, .data.u32 = 1};
    make_pipe(work);
    make_pipe(stop);
    make_pipe(counts);
    MUST(fcntl(work[0], F_SETFL, O_NONBLOCK));
    set = epoll_create1(0);
    MUST(set);
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, work[0], &event));
    event = (struct epoll_event){.events = EPOLLIN, .data.u32 = 2};
    MUST(epoll_ctl(set, EPOLL_CTL_ADD, stop[0], &event));
    for (int i = 0; i < WORKERS; i++)
        if (fork_child() == 0)
            worker(mode);
    for (int i = 0; i < BYTES; i++)
        send_byte(work[1], 'x');
    while (poll(&(struct pollfd){work[0], POLLIN, 0}, 1, 0) >
           0) /* all is taken before they are told to stop */
        sched_yield();
    close_fd(stop[1]);
    int all = 0, count;
    for (int i = 0; i < WORKERS; i++) {
        MUST(read(counts[0], &count, sizeof count));
        MUST(wait(NULL));
        all += count;
    }
    say("%s: %d bytes\n", name, all);
    close_fd(set);
}

int main(void)
{
    round_of("level", 0);
    round_of("edge", EPOLLET);
    round_of("once", EPOLLONESHOT);
    round_of("exclusive", EPOLLEXCLUSIVE);
    return 0;
}
