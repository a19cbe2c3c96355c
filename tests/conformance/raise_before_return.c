/* raise returns after the handler has run. */
#include "observe.h"

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
}

int main(void)
{
    handle(SIGUSR1, on_signal, 0);
    say("raise: %d\n", raise(SIGUSR1));
    say("caught: %d\n", caught == SIGUSR1);
    return 0;
}
