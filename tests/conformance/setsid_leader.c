/* setsid in a child makes a session and a group of its own; a group leader may not. */
#include "observe.h"

int main(void)
{
    pid_t session = getsid(0);
    pid_t child = fork_child();
    if (child == 0) {
        say("inherited: %d\n", getsid(0) == session);
        say("setsid: %d\n", setsid() == getpid());
        say("session %d, group %d\n", getsid(0) == getpid(), getpgrp() == getpid());
        say_result("again", setsid());
        _exit(0);
    }
    reap(child);
    say("own session unchanged: %d\n", getsid(0) == session);
    return 0;
}
