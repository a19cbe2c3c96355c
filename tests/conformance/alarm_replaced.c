/* alarm returns the seconds left of the one before and replaces it; alarm(0) cancels it. */
#include "observe.h"

int main(void)
{
    struct itimerval now;
    say("first: %u\n", alarm(1000));
    unsigned left = alarm(500);
    say("replaced: %d\n", left > 990 && left <= 1000);
    MUST(getitimer(ITIMER_REAL, &now));
    say("the same as ITIMER_REAL: %d\n", now.it_value.tv_sec > 490 && now.it_value.tv_sec <= 500);
    say("cancelled: %d\n", alarm(0) > 490);
    say("none: %u\n", alarm(0));
    return 0;
}
