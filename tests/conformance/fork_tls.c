/* the child has the parent's thread-local variables and its own copy of errno. */
#include "observe.h"

static _Thread_local int zero;
static _Thread_local int value = 5;

int main(void)
{
    zero = 1;
    errno = EBUSY;
    pid_t child = fork_child();
    if (child == 0) {
        say("child: %d %d %d\n", zero, value, errno == EBUSY);
        value = 77;
        close((int)opaque((uintptr_t)-1));
        _exit(0);
    }
    reap(child);
    say("parent: %d %d %d\n", zero, value, errno == EBUSY);
    return 0;
}
