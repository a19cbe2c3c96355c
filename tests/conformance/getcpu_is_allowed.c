/* getcpu tells a CPU that sched_setaffinity left; the affinity of nobody is ESRCH. */
#include "observe.h"

#include <sched.h>
#include <sys/syscall.h>

int main(void)
{
    cpu_set_t all, one;
    MUST(sched_getaffinity(0, sizeof all, &all));
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &all))
            continue;
        unsigned at = 0, node = 0;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        MUST(sched_setaffinity(0, sizeof one, &one));
        MUST(syscall(SYS_getcpu, &at, &node, NULL));
        if (at != (unsigned)cpu)
            say("on %u, allowed %d\n", at, cpu);
    }
    say_result("no such process", sched_setaffinity(4000000, sizeof all, &all));
    say_result("no set", sched_setaffinity(0, sizeof all, (const cpu_set_t *)opaque(1)));
    CPU_ZERO(&one);
    say_result("an empty set", sched_setaffinity(0, sizeof one, &one));
    return 0;
}
