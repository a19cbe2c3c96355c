/* timer_create: expiries are signals with the timer's value; overruns count; a deleted timer is gone. */
#include "observe.h"

int main(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 1};
    event.sigev_value.sival_int = 77;
    timer_t timer;
    sigset_t set;
    MUST(sigemptyset(&set));
    MUST(sigaddset(&set, SIGRTMIN + 1));
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    MUST(timer_create(CLOCK_MONOTONIC, &event, &timer));
    struct itimerspec value = {{0, 0}, {0, 2000000}}, left;
    MUST(timer_settime(timer, 0, &value, NULL));
    siginfo_t info;
    say("signal %d\n", sigwaitinfo(&set, &info) == SIGRTMIN + 1);
    say("code %d value %d\n", info.si_code == SI_TIMER, info.si_value.sival_int);
    MUST(timer_gettime(timer, &left));
    say("stopped %d\n", left.it_value.tv_sec == 0 && left.it_value.tv_nsec == 0);
    value = (struct itimerspec){{0, 1000000}, {0, 1000000}};
    MUST(timer_settime(timer, 0, &value, NULL));
    struct timespec nap = {0, 30000000};
    MUST(nanosleep(&nap, NULL));
    MUST(sigwaitinfo(&set, &info));
    say("overran %d\n", info.si_overrun > 3);
    value = (struct itimerspec){{0, 0}, {1000, 0}};
    MUST(timer_settime(timer, 0, &value, NULL));
    MUST(timer_gettime(timer, &left));
    say("running %d\n", left.it_value.tv_sec >= 998);
    MUST(timer_delete(timer));
    say_result("deleted", timer_gettime(timer, &left));
    event.sigev_signo = 99;
    say_result("bad signal", timer_create(CLOCK_MONOTONIC, &event, &timer));
    say_result("bad clock", timer_create(77, NULL, &timer));
    return 0;
}
