/* nice values, affinity and scheduling policy read back what was set. */
#include "observe.h"
#include <sched.h>

int main(void)
{
    errno = 0;
    say_result("nice", getpriority(PRIO_PROCESS, 0));
    say_result("set", setpriority(PRIO_PROCESS, 0, 5));
    say_result("read", getpriority(PRIO_PROCESS, 0));
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(0, &cpus);
    say_result("affinity", sched_setaffinity(0, sizeof cpus, &cpus));
    CPU_ZERO(&cpus);
    MUST(sched_getaffinity(0, sizeof cpus, &cpus));
    say("%d cpus\n", CPU_COUNT(&cpus));
    say_result("policy", sched_getscheduler(0));
    say_result("most", sched_get_priority_max(SCHED_FIFO));
    say_result("least", sched_get_priority_min(SCHED_OTHER));
    say_result("which", getpriority(77, 0));
    return 0;
}
