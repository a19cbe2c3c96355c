/* waitid with WNOWAIT leaves the child to be waited for; siginfo tells code, status and pid. */
#include "observe.h"

int main(void)
{
    pid_t child = fork_child();
    if (child == 0)
        _exit(42);
    for (int i = 0; i < 3; i++) {
        siginfo_t info;
        memset(&info, 0, sizeof info);
        int flags = WEXITED | (i < 2 ? WNOWAIT : 0);
        MUST(waitid(P_PID, (id_t)child, &info, flags));
        say("SIGCHLD %d, CLD_EXITED %d, status %d, pid %d\n", info.si_signo == SIGCHLD,
            info.si_code == CLD_EXITED, info.si_status, info.si_pid == child);
    }
    say_result("then", waitpid(child, NULL, 0));
    return 0;
}
