/* waitid tells CLD_KILLED and the signal. */
#include "observe.h"

int main(void)
{
    pid_t child = fork_child();
    if (child == 0) {
        for (;;)
            pause();
    }
    MUST(kill(child, SIGKILL));
    siginfo_t info;
    MUST(waitid(P_ALL, 0, &info, WEXITED));
    say("CLD_KILLED %d, status %d\n", info.si_code == CLD_KILLED, info.si_status);
    return 0;
}
