/* a signal is blocked while its own handler runs; with SA_NODEFER it nests. */
#include "observe.h"

static volatile int depth, deepest, runs;

static void on_signal(int number)
{
    depth++;
    runs++;
    if (depth > deepest)
        deepest = depth;
    if (runs < 3)
        raise(number);
    depth--;
}

int main(void)
{
    handle(SIGUSR1, on_signal, SA_NODEFER);
    raise(SIGUSR1);
    say("with SA_NODEFER: runs %d, deepest %d\n", runs, deepest);
    runs = deepest = 0;
    handle(SIGUSR1, on_signal, 0);
    raise(SIGUSR1);
    say("without: runs %d, deepest %d\n", runs, deepest);
    return 0;
}
