/* exec keeps pid, parent and children. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("same pid: %d, same parent: %d\n", atoi(argv[1]) == getpid(), atoi(argv[2]) == getppid());
        say_status("child from before", reap(-1));
        return 0;
    }
    char self[16], parent[16];
    snprintf(self, sizeof self, "%d", getpid());
    snprintf(parent, sizeof parent, "%d", getppid());
    if (fork_child() == 0)
        _exit(8);
    char *const arguments[] = {argv[0], self, parent, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
