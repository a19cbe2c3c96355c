/* sigprocmask returns the old mask; SIGKILL and SIGSTOP cannot be blocked. */
#include "observe.h"

int main(void)
{
    sigset_t all, old, now;
    MUST(sigfillset(&all));
    MUST(sigprocmask(SIG_SETMASK, &all, &old));
    MUST(sigprocmask(SIG_BLOCK, NULL, &now));
    say("before: SIGUSR1 %d\n", sigismember(&old, SIGUSR1));
    say("now: SIGUSR1 %d, SIGKILL %d, SIGSTOP %d\n", sigismember(&now, SIGUSR1), sigismember(&now, SIGKILL),
        sigismember(&now, SIGSTOP));
    return 0;
}
