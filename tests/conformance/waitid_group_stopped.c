/* waitid of a group with WSTOPPED and WNOWAIT leaves the stop to be reported again. */
#include "observe.h"

int main(void)
{
    siginfo_t info;
    pid_t child = fork_child();
    if (child == 0) {
        for (;;)
            pause();
    }
    MUST(setpgid(child, child));
    MUST(kill(child, SIGSTOP));
    for (int i = 0; i < 3; i++) {
        memset(&info, 0, sizeof info);
        say_result("waitid", waitid(P_PGID, (id_t)child, &info,
                                    WSTOPPED | (i == 0 ? WNOWAIT : 0) | (i == 2 ? WNOHANG : 0)));
        say("pid %d code %d status %d\n", info.si_pid == child, info.si_code, info.si_status);
    }
    MUST(kill(child, SIGKILL));
    MUST(waitid(P_PGID, (id_t)child, &info, WEXITED));
    say("pid %d code %d status %d\n", info.si_pid == child, info.si_code, info.si_status);
    say_result("waitid", waitid(P_PGID, (id_t)child, &info, WEXITED));
    return 0;
}
