/* with SA_NOCLDWAIT children leave no zombies, SIGCHLD comes and wait ends with ECHILD. */
#include "observe.h"

static volatile int count;

static void on_child(int number)
{
    (void)number;
    count++;
}

int main(void)
{
    handle(SIGCHLD, on_child, SA_NOCLDWAIT | SA_RESTART);
    if (fork_child() == 0)
        _exit(3);
    say_result("wait", wait(NULL));
    say("SIGCHLD %d\n", count);
    return 0;
}
