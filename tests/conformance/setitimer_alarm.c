/* setitimer delivers SIGALRM; its default kills; a cleared timer does not fire. */
#include "observe.h"

static volatile int caught;

static void on_alarm(int number)
{
    (void)number;
    caught++;
}

static void body(void)
{
    struct itimerval once = {{0, 0}, {0, 1000}};
    MUST(setitimer(ITIMER_REAL, &once, NULL));
    for (;;)
        pause();
}

int main(void)
{
    say_status("child", run_child(body));
    struct itimerval timer = {{0, 2000}, {0, 2000}}, off = {{0, 0}, {0, 0}};
    handle(SIGALRM, on_alarm, 0);
    MUST(setitimer(ITIMER_REAL, &timer, NULL));
    while (caught < 3)
        pause();
    MUST(setitimer(ITIMER_REAL, &off, NULL));
    struct itimerval now;
    MUST(getitimer(ITIMER_REAL, &now));
    say("off: %d\n", now.it_value.tv_sec == 0 && now.it_value.tv_usec == 0);
    return 0;
}
