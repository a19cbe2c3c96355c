/* a SIGEV_NONE timer only counts down; timer_gettime is zero when it is off or has expired once. */
#include "observe.h"

int main(void)
{
    timer_t timer;
    struct sigevent event;
    struct itimerspec now, old;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_NONE;
    MUST(timer_create(CLOCK_MONOTONIC, &event, &timer));
    MUST(timer_gettime(timer, &now));
    say("off: %ld %ld\n", now.it_value.tv_sec, now.it_value.tv_nsec);
    MUST(timer_settime(timer, 0, &(struct itimerspec){{0, 0}, {100, 0}}, NULL));
    MUST(timer_gettime(timer, &now));
    say("counting: %d\n", now.it_value.tv_sec >= 90 && now.it_value.tv_sec <= 100);
    MUST(timer_settime(timer, 0, &(struct itimerspec){{0, 0}, {0, 1}}, &old));
    say("old: %d\n", old.it_value.tv_sec >= 90);
    do
        MUST(timer_gettime(timer, &now));
    while (now.it_value.tv_nsec != 0);
    say("expired: %ld\n", now.it_value.tv_sec);
    say_result("overrun", timer_getoverrun(timer));
    say_result("bad time", timer_settime(timer, 0, &(struct itimerspec){{0, 0}, {0, 1000000000}}, NULL));
    say_result("delete", timer_delete(timer));
    event.sigev_notify = 77;
    say_result("bad notify", timer_create(CLOCK_MONOTONIC, &event, &timer));
    return 0;
}
