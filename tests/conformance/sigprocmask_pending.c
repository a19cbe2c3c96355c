/* a blocked signal stays pending, once, until it is unblocked. */
#include "observe.h"

static volatile int caught;

static void on_signal(int number)
{
    (void)number;
    caught++;
}

int main(void)
{
    sigset_t pending;
    handle(SIGUSR1, on_signal, 0);
    block(SIG_BLOCK, SIGUSR1);
    raise(SIGUSR1);
    raise(SIGUSR1);
    MUST(sigpending(&pending));
    say("pending %d, other %d, caught %d\n", sigismember(&pending, SIGUSR1), sigismember(&pending, SIGUSR2),
        caught);
    block(SIG_UNBLOCK, SIGUSR1);
    MUST(sigpending(&pending));
    say("pending %d, caught %d\n", sigismember(&pending, SIGUSR1), caught);
    return 0;
}
