/* 200 children one after another, each with its own exit code. */
#include "observe.h"

int main(void)
{
    int wrong = 0;
    for (int i = 0; i < 200; i++) {
        pid_t child = fork_child();
        if (child == 0)
            _exit(i);
        wrong += WEXITSTATUS(reap(child)) != i;
    }
    say("wrong exit codes: %d\n", wrong);
    return 0;
}
