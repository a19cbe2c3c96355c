/* a blocking timerfd read sleeps until it expires; a forked child shares the timer. */
#include "observe.h"

#include <sys/timerfd.h>

int main(void)
{
    uint64_t count = 0;
    int fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC);
    MUST(fd);
    MUST(timerfd_settime(fd, 0, &(struct itimerspec){{0, 0}, {0, 5000000}}, NULL));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(read(fd, &count, 8));
        _exit((int)count);
    }
    say_status("child", reap(child));
    struct pollfd wanted = {fd, POLLIN, 0};
    say_result("consumed", poll(&wanted, 1, 0));
    say_result("unknown clock", timerfd_create(77, 0));
    return 0;
}
