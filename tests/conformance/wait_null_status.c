/* wait accepts no status pointer. */
#include "observe.h"

int main(void)
{
    pid_t child = fork_child();
    if (child == 0)
        _exit(3);
    say("returns the child: %d\n", waitpid(child, NULL, 0) == child);
    return 0;
}
