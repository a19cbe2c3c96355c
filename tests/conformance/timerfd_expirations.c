/* a timerfd counts its expirations since the last read; once, repeated, disarmed, absolute. */
#include "observe.h"

#include <sys/timerfd.h>

int main(void)
{
    uint64_t count;
    struct itimerspec now;
    struct timespec past;
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    MUST(fd);
    struct pollfd wanted = {fd, POLLIN, 0};
    say_result("unarmed", read(fd, &count, 8));
    MUST(timerfd_settime(fd, 0, &(struct itimerspec){{0, 0}, {0, 2000000}}, NULL));
    say_result("poll", poll(&wanted, 1, -1));
    say_result("read", read(fd, &count, 8));
    say("count %llu\n", (unsigned long long)count);
    say_result("poll again", poll(&wanted, 1, 0));
    MUST(timerfd_settime(fd, 0, &(struct itimerspec){{0, 1000000}, {0, 1000000}}, NULL));
    MUST(nanosleep(&(struct timespec){0, 10000000}, NULL));
    MUST(read(fd, &count, 8));
    say("several %d\n", count >= 10);
    MUST(timerfd_settime(fd, 0, &(struct itimerspec){{0, 0}, {0, 0}}, &now));
    say("interval was %ld\n", now.it_interval.tv_nsec);
    MUST(timerfd_gettime(fd, &now));
    say("disarmed %ld %ld\n", now.it_value.tv_sec, now.it_value.tv_nsec);
    MUST(clock_gettime(CLOCK_MONOTONIC, &past));
    MUST(timerfd_settime(fd, TFD_TIMER_ABSTIME, &(struct itimerspec){{0, 0}, past}, NULL));
    say_result("past poll", poll(&wanted, 1, -1));
    say_result("bad time", timerfd_settime(fd, 0, &(struct itimerspec){{0, 0}, {0, 1000000000}}, NULL));
    say_result("write", write(fd, &count, 8));
    return 0;
}
