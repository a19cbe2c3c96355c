/* fork passes on the signal mask but no pending signals. */
#include "observe.h"

int main(void)
{
    sigset_t pending, mask;
    block(SIG_BLOCK, SIGUSR1);
    raise(SIGUSR1);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(sigpending(&pending));
        MUST(sigprocmask(SIG_BLOCK, NULL, &mask));
        say("child: blocked %d, pending %d\n", sigismember(&mask, SIGUSR1), sigismember(&pending, SIGUSR1));
        _exit(0);
    }
    say_status("child", reap(child));
    MUST(sigpending(&pending));
    say("parent: pending %d\n", sigismember(&pending, SIGUSR1));
    return 0;
}
