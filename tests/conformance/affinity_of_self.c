/* sched_setaffinity to one allowed processor is read back and inherited; an empty set is EINVAL. */
#include "observe.h"

#include <sched.h>

static cpu_set_t chosen;

static void inherited(void)
{
    cpu_set_t now;
    MUST(sched_getaffinity(0, sizeof now, &now));
    say("child: the same %d\n", CPU_EQUAL(&now, &chosen));
}

int main(void)
{
    cpu_set_t allowed, now;
    int cpu = 0;
    MUST(sched_getaffinity(0, sizeof allowed, &allowed));
    say("some %d\n", CPU_COUNT(&allowed) > 0);
    while (!CPU_ISSET(cpu, &allowed))
        cpu++;
    CPU_ZERO(&chosen);
    CPU_SET(cpu, &chosen);
    say_result("set", sched_setaffinity(0, sizeof chosen, &chosen));
    MUST(sched_getaffinity(getpid(), sizeof now, &now));
    say("read back %d\n", CPU_EQUAL(&now, &chosen));
    say("running there %d\n", sched_getcpu() == cpu);
    say_status("child", run_child(inherited));
    CPU_ZERO(&now);
    say_result("empty", sched_setaffinity(0, sizeof now, &now));
    say_result("nobody", sched_setaffinity(0x3fffff, sizeof chosen, &chosen));
    return 0;
}
