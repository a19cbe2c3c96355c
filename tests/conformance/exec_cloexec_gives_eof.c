/* a child's exec closes its close-on-exec write end: the reader sees EOF while the child lives. */
#include "observe.h"

int main(int argc, char **argv)
{
    if (argc > 1) {
        take_byte(40);
        return 0;
    }
    int ends[2], hold[2];
    MUST(pipe2(ends, O_CLOEXEC));
    MUST(pipe2(hold, O_CLOEXEC));
    pid_t child = fork_child();
    if (child == 0) {
        char *const arguments[] = {argv[0], (char[]){"again"}, NULL};
        MUST(dup2(hold[0], 40));
        MUST(execv("/proc/self/exe", arguments));
    }
    close_fd(ends[1]);
    say("first pipe: %d\n", take_byte(ends[0]));
    say_result("child is alive", waitpid(child, NULL, WNOHANG));
    close_fd(hold[1]);
    say_status("child", reap(child));
    return 0;
}
