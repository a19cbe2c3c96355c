/* siglongjmp out of a handler inside a handler restores the mask of sigsetjmp. */
#include "observe.h"

#include <setjmp.h>

static sigjmp_buf place;

static void inner(int number)
{
    siglongjmp(place, number);
}

static void outer(int number)
{
    (void)number;
    MUST(raise(SIGUSR2));
    say("not reached\n");
}

int main(void)
{
    handle(SIGUSR1, outer, 0);
    handle(SIGUSR2, inner, 0);
    for (volatile int round = 0; round < 3; round++) {
        int number = sigsetjmp(place, 1);
        if (number == 0)
            MUST(raise(SIGUSR1));
        sigset_t mask;
        MUST(sigprocmask(SIG_BLOCK, NULL, &mask));
        say("round %d: jumped %d, blocked %d %d\n", round, number == SIGUSR2, sigismember(&mask, SIGUSR1),
            sigismember(&mask, SIGUSR2));
    }
    return 0;
}
