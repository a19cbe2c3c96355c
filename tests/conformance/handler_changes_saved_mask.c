/* a handler that changes the mask in its ucontext changes the mask after its return. */
#include "observe.h"

#include <ucontext.h>

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)info;
    MUST(sigaddset(&((ucontext_t *)context)->uc_sigmask, SIGUSR2));
}

int main(void)
{
    sigset_t mask;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    MUST(sigaction(SIGUSR1, &action, NULL));
    MUST(sigprocmask(SIG_BLOCK, NULL, &mask));
    say("before: %d\n", sigismember(&mask, SIGUSR2));
    MUST(raise(SIGUSR1));
    MUST(sigprocmask(SIG_BLOCK, NULL, &mask));
    say("after: %d, own %d\n", sigismember(&mask, SIGUSR2), sigismember(&mask, SIGUSR1));
    return 0;
}
