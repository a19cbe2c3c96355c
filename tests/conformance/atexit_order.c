/* atexit functions run in reverse order at exit, and not at _exit. */
#include "observe.h"

static void first(void)
{
    say("registered first\n");
}

static void second(void)
{
    say("registered second\n");
}

int main(void)
{
    atexit(first);
    atexit(second);
    pid_t child = fork_child();
    if (child == 0)
        _exit(0);
    reap(child);
    say("child is gone\n");
    return 0;
}
