/* expirations while the signal is pending do not queue but are counted as overruns. */
#include "observe.h"

int main(void)
{
    sigset_t set = set_of(SIGRTMIN);
    siginfo_t info;
    timer_t timer;
    struct sigevent event;
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGRTMIN;
    MUST(timer_create(CLOCK_MONOTONIC, &event, &timer));
    MUST(timer_settime(timer, 0, &(struct itimerspec){{0, 1000000}, {0, 1000000}}, NULL));
    MUST(nanosleep(&(struct timespec){0, 30000000}, NULL));
    MUST(sigwaitinfo(&set, &info));
    say("overruns %d, same as getoverrun %d\n", info.si_overrun >= 20,
        timer_getoverrun(timer) == info.si_overrun);
    MUST(timer_delete(timer));
    return 0;
}
