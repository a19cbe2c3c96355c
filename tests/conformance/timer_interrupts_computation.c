/* a timer's handler runs in the middle of a computation without system calls. */
#include "observe.h"

static volatile sig_atomic_t caught;

static void on_alarm(int number)
{
    caught = number;
}

int main(void)
{
    struct itimerval once = {{0, 0}, {0, 2000}};
    handle(SIGALRM, on_alarm, 0);
    MUST(setitimer(ITIMER_REAL, &once, NULL));
    unsigned long rounds = 0;
    while (caught == 0)
        rounds++;
    say("caught: %d, computed: %d\n", caught == SIGALRM, rounds > 0);
    return 0;
}
