/* timer_create with SIGEV_SIGNAL sends SI_TIMER with its value, again and again. */
#include "observe.h"

int main(void)
{
    sigset_t set = set_of(SIGRTMIN + 1);
    siginfo_t info;
    timer_t timer;
    struct sigevent event;
    struct itimerspec spec = {{0, 2000000}, {0, 2000000}}, now;
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGRTMIN + 1;
    event.sigev_value.sival_int = 31;
    MUST(timer_create(CLOCK_MONOTONIC, &event, &timer));
    MUST(timer_settime(timer, 0, &spec, NULL));
    for (int i = 0; i < 4; i++) {
        MUST(sigwaitinfo(&set, &info));
        say("SI_TIMER %d value %d overruns %d\n", info.si_code == SI_TIMER, info.si_value.sival_int,
            info.si_overrun >= 0);
    }
    MUST(timer_gettime(timer, &now));
    say("interval %ld\n", now.it_interval.tv_nsec);
    MUST(timer_delete(timer));
    return 0;
}
