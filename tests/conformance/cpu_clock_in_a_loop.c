/* the CPU clock asked in a loop never goes back, advances, agrees with getrusage, and starts at zero in a child. */
#include "observe.h"
#include <sys/resource.h>
#include <time.h>

static long cpu_ns(void)
{
    struct timespec now;
    MUST(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now));
    return now.tv_sec * 1000000000 + now.tv_nsec;
}

static void look(const char *who)
{
    long before = cpu_ns(), last = before, backwards = 0;
    while (last - before < 30000000) {
        long now = cpu_ns();
        backwards += now < last;
        last = now;
    }
    struct rusage usage;
    MUST(getrusage(RUSAGE_SELF, &usage));
    long used = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000 +
                (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000;
    say("%s: backwards %ld, rusage at least 20 ms: %d\n", who, backwards, used - before >= 20000000);
}

int main(void)
{
    look("parent");
    long before = cpu_ns();
    pid_t child = fork_child();
    if (child == 0) {
        say("child starts lower: %d\n", cpu_ns() < before);
        look("child");
        exit(0);
    }
    say_status("child", reap(child));
    return 0;
}
