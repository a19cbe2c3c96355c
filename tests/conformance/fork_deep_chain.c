/* a chain of 20 generations passes its depth back through exit codes. */
#include "observe.h"

static int descend(int depth)
{
    if (depth == 20)
        return depth;
    pid_t child = fork_child();
    if (child == 0)
        _exit(descend(depth + 1));
    return WEXITSTATUS(reap(child));
}

int main(void)
{
    say("depth: %d\n", descend(0));
    return 0;
}
