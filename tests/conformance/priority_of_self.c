/* nice and setpriority lower the own priority, getpriority reads it, and children inherit it. */
#include "observe.h"

static void inherited(void)
{
    errno = 0;
    say("child %d\n", getpriority(PRIO_PROCESS, 0));
}

int main(void)
{
    int before = getpriority(PRIO_PROCESS, 0);
    say("nice %d\n", nice(3) == before + 3);
    MUST(setpriority(PRIO_PROCESS, 0, 19));
    say("now %d\n", getpriority(PRIO_PROCESS, getpid()));
    say_status("child", run_child(inherited));
    say_result("nobody", setpriority(PRIO_PROCESS, 0x3fffff, 5));
    say_result("bad kind", setpriority(77, 0, 5));
    return 0;
}
