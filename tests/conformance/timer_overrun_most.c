/* a timer whose first expiry lies far back counts no more overruns than fit an int. */
#include "observe.h"

static volatile sig_atomic_t overruns;
static timer_t timer;

static void handler(int number)
{
    (void)number;
    struct itimerspec off = {0};
    overruns = timer_getoverrun(timer);
    timer_settime(timer, 0, &off, NULL);
}

int main(void)
{
    struct itimerspec from = {.it_interval = {0, 1}, .it_value = {1, 0}};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    sigset_t blocked = set_of(SIGUSR1), old;
    handle(SIGUSR1, handler, 0);
    MUST(sigprocmask(SIG_BLOCK, &blocked, &old));
    MUST(timer_create(CLOCK_REALTIME, &event, &timer));
    MUST(timer_settime(timer, TIMER_ABSTIME, &from, NULL));
    sigsuspend(&old);
    say("most %d\n", overruns == INT_MAX);
    return 0;
}
