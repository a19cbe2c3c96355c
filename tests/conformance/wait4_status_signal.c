/* wait4 tells exit codes and killing signals of children, and fills rusage. */
#include "observe.h"

static void exit_7(void)
{
    _exit(7);
}

static void die(void)
{
    MUST(kill(getpid(), SIGTERM));
}

int main(void)
{
    void (*bodies[2])(void) = {exit_7, die};
    for (int i = 0; i < 2; i++) {
        pid_t child = fork_child();
        if (child == 0) {
            bodies[i]();
            _exit(0);
        }
        int status;
        struct rusage usage;
        memset(&usage, 0xff, sizeof usage);
        say("wait4 returns the child: %d\n", wait4(child, &status, 0, &usage) == child);
        say_status("child", status);
        say("usage filled: %d\n", usage.ru_utime.tv_usec >= 0 && usage.ru_utime.tv_usec < 1000000);
    }
    return 0;
}
