/* ITIMER_VIRTUAL and ITIMER_PROF count CPU time and interrupt a busy loop with their own signals. */
#include "observe.h"

static volatile int counts[2];

static void on_timer(int number)
{
    counts[number == SIGPROF]++;
}

int main(void)
{
    volatile unsigned long work = 0;
    handle(SIGVTALRM, on_timer, 0);
    handle(SIGPROF, on_timer, 0);
    repeat_timer(ITIMER_VIRTUAL, 10);
    while (counts[0] < 3)
        work++;
    repeat_timer(ITIMER_VIRTUAL, 0);
    say("virtual %d\n", counts[0] >= 3);
    repeat_timer(ITIMER_PROF, 10);
    while (counts[1] < 3)
        work++;
    repeat_timer(ITIMER_PROF, 0);
    say("prof %d\n", counts[1] >= 3);
    return 0;
}
