/* sigaction returns the handler, flags and mask that were set before. */
#include "observe.h"

static void one(int number)
{
    (void)number;
}

static void two(int number)
{
    (void)number;
}

int main(void)
{
    struct sigaction action, old;
    memset(&action, 0, sizeof action);
    action.sa_handler = one;
    action.sa_flags = SA_RESTART | SA_NODEFER;
    action.sa_mask = set_of(SIGHUP);
    MUST(sigaction(SIGUSR1, &action, &old));
    say("default %d\n", old.sa_handler == SIG_DFL);
    action.sa_handler = two;
    action.sa_flags = 0;
    MUST(sigaction(SIGUSR1, &action, &old));
    say("one %d, restart %d, nodefer %d, resethand %d, HUP %d, INT %d\n", old.sa_handler == one,
        (old.sa_flags & SA_RESTART) != 0, (old.sa_flags & SA_NODEFER) != 0,
        (old.sa_flags & (int)SA_RESETHAND) != 0, sigismember(&old.sa_mask, SIGHUP),
        sigismember(&old.sa_mask, SIGINT));
    MUST(sigaction(SIGUSR1, NULL, &old));
    say("two %d\n", old.sa_handler == two);
    action.sa_flags = 0x123 | 0x400;
    MUST(sigaction(SIGUSR1, &action, NULL));
    MUST(sigaction(SIGUSR1, NULL, &old));
    say("flags that nobody knows: %x\n", (unsigned)old.sa_flags & 0xfff);
    return 0;
}
