/* timerfd counts expiries, once and repeated, and poll waits for them. */
#include "observe.h"
#include <sys/timerfd.h>

int main(void)
{
    uint64_t count;
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    struct itimerspec value = {{0, 0}, {0, 3000000}}, left;
    MUST(timerfd_settime(fd, 0, &value, NULL));
    say_result("read", read(fd, &count, 8));
    say("%lu\n", (unsigned long)count);
    value.it_interval.tv_nsec = 1000000;
    MUST(timerfd_settime(fd, 0, &value, NULL));
    struct timespec nap = {0, 30000000};
    nanosleep(&nap, NULL);
    MUST(read(fd, &count, 8));
    say("several %d\n", count > 3);
    struct pollfd wait = {fd, POLLIN, 0};
    say_result("poll", poll(&wait, 1, 5000));
    value = (struct itimerspec){{0, 0}, {500, 0}};
    MUST(timerfd_settime(fd, 0, &value, NULL));
    MUST(timerfd_gettime(fd, &left));
    say("left %d\n", left.it_value.tv_sec >= 498);
    say_result("not yet", poll(&wait, 1, 0));
    return 0;
}
