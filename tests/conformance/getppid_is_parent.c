/* getppid is the parent's pid, getpid differs, in every generation. */
#include "observe.h"

int main(void)
{
    pid_t self = getpid();
    pid_t child = fork_child();
    if (child == 0) {
        say("child's parent: %d, own pid differs: %d\n", getppid() == self, getpid() != self);
        pid_t middle = getpid();
        pid_t grandchild = fork_child();
        if (grandchild == 0) {
            say("grandchild's parent: %d\n", getppid() == middle);
            _exit(0);
        }
        reap(grandchild);
        _exit(0);
    }
    reap(child);
    say("own pid unchanged: %d\n", getpid() == self);
    return 0;
}
