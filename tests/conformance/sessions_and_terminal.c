/* a new session has no controlling terminal; groups keep their rules. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    say_result("tcgetpgrp of a pipe", tcgetpgrp(ends[0]));
    pid_t child = fork_child();
    if (child == 0) {
        say_result("setsid", setsid() == getpid());
        say_result("again", setsid());
        say_result("tty", open("/dev/tty", O_RDWR) < 0 && errno == ENXIO);
        say_result("leader stays", setpgid(0, getppid()));
        _exit(0);
    }
    say_status("child", reap(child));
    say_result("gone", setpgid(child, 0));
    say_result("negative", setpgid(0, -1));
    return 0;
}
