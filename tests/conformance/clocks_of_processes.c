/* clock_getcpuclockid and pthread_getcpuclockid name clocks of the process's CPU time that advance. */
#include "observe.h"
#include <pthread.h>

static void look(const char *name, clockid_t clock)
{
    struct timespec before, now;
    MUST(clock_gettime(clock, &before));
    do {
        MUST(clock_gettime(clock, &now));
    } while (now.tv_sec == before.tv_sec && now.tv_nsec == before.tv_nsec);
    say("%s: advances\n", name);
}

int main(void)
{
    clockid_t clock;
    say_result("self", clock_getcpuclockid(0, &clock));
    look("self", clock);
    say_result("by pid", clock_getcpuclockid(getpid(), &clock));
    look("by pid", clock);
    say_result("thread", pthread_getcpuclockid(pthread_self(), &clock));
    look("thread", clock);
    look("TAI", CLOCK_TAI);
    say("nobody: %s\n", error_name(clock_getcpuclockid(30000000, &clock)));
    return 0;
}
