/* a forked child has no alarm; exec keeps it. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("after exec: %d\n", alarm(0) > 900);
        MUST(setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 2000}}, NULL));
        for (;;)
            pause();
    }
    alarm(1000);
    pid_t child = fork_child();
    if (child == 0) {
        say("child: %u\n", alarm(0));
        _exit(0);
    }
    say_status("child", reap(child));
    char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
    MUST(execv("/proc/self/exe", arguments));
    return 1;
}
