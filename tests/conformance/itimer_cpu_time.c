/* ITIMER_PROF and ITIMER_VIRTUAL count CPU time, not time asleep. */
#include "observe.h"

static volatile sig_atomic_t seen;

static void caught(int number)
{
    seen = number;
}

int main(void)
{
    handle(SIGPROF, caught, 0);
    handle(SIGVTALRM, caught, 0);
    struct itimerval value = {{0, 0}, {0, 200000}}; /* more than it takes to fall asleep on a slow machine */
    MUST(setitimer(ITIMER_PROF, &value, NULL));
    struct timespec nap = {0, 400000000};
    MUST(nanosleep(&nap, NULL));
    say("asleep: %d\n", seen);
    while (!seen)
        ;
    say("busy: %d\n", seen == SIGPROF);
    seen = 0;
    MUST(setitimer(ITIMER_VIRTUAL, &value, NULL));
    while (!seen)
        ;
    say("virtual: %d\n", seen == SIGVTALRM);
    return 0;
}
