/* an ended child keeps its pid until it is waited for: signal 0 reaches it, then ESRCH. */
#include "observe.h"

int main(void)
{
    pid_t child = fork_child();
    if (child == 0)
        _exit(0);
    siginfo_t info;
    MUST(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));
    say_result("kill 0 of the zombie", kill(child, 0));
    reap(child);
    say_result("kill 0 of nobody", kill(child, 0));
    return 0;
}
