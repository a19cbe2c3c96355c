/* getsid: a child is in its parent's session; setsid makes it its own; getsid of nobody is ESRCH. */
#include "observe.h"

int main(void)
{
    pid_t session = getsid(0);
    pid_t child = fork_child();
    if (child == 0) {
        say("inherited %d\n", getsid(0) == session);
        pid_t own = setsid();
        say("own %d %d %d\n", own == getpid(), getsid(0) == own, getpgrp() == own);
        say_result("again", setsid());
        _exit(0);
    }
    say_status("child", reap(child));
    say_result("nobody", getsid(0x3fffff));
    say_result("getpgid of nobody", getpgid(0x3fffff));
    return 0;
}
