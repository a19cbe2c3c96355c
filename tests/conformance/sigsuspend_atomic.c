/* sigsuspend opens the mask and waits in one step, then restores the mask. */
#include "observe.h"

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
}

int main(void)
{
    sigset_t open, now;
    handle(SIGUSR1, on_signal, 0);
    block(SIG_BLOCK, SIGUSR1);
    raise(SIGUSR1);
    say("before: %d\n", caught);
    MUST(sigemptyset(&open));
    say_result("sigsuspend", sigsuspend(&open));
    say("caught: %d\n", caught == SIGUSR1);
    MUST(sigprocmask(SIG_BLOCK, NULL, &now));
    say("blocked again: %d\n", sigismember(&now, SIGUSR1));
    return 0;
}
