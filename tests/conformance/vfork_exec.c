/* vfork's child may exec, and its parent goes on. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("executed with %s\n", argv[1]);
        return 4;
    }
    char *const arguments[] = {argv[0], (char[]){"argument"}, NULL};
    pid_t child = vfork();
    MUST(child);
    if (child == 0) {
        execv("/proc/self/exe", arguments);
        _exit(127);
    }
    say_status("child", reap(child));
    return 0;
}
