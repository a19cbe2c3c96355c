/* tcsetpgrp: only a group of the session, of the terminal that controls it; signals follow the foreground. */
#include "observe_terminal.h"

static void session(void)
{
    int master = open_master(), slave = lead_session(master), ready[2], go[2];
    make_pipe(ready);
    make_pipe(go);
    MUST(signal(SIGTTOU, SIG_IGN) == SIG_ERR ? -1 : 0);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(setpgid(0, 0));
        send_byte(ready[1], 'r');
        take_byte(go[0]);
        _exit(7);
    }
    take_byte(ready[0]);
    say_result("negative", tcsetpgrp(slave, -1));
    say_result("no such group", tcsetpgrp(slave, 0x3ffffff));
    say_result("another session's", tcsetpgrp(slave, getppid()));
    say_result("by the master", tcsetpgrp(master, child));
    say_result("a group of the session", tcsetpgrp(slave, child));
    say("told %d, of the master %d\n", tcgetpgrp(slave) == child, tcgetpgrp(master) == child);
    type(master, "\003");
    say_status("interrupted in the foreground", reap(child));
    say_result("back", tcsetpgrp(slave, getpgrp()));
    say("told %d\n", tcgetpgrp(slave) == getpgrp());
    int ends[2];
    make_pipe(ends);
    say_result("of a pipe", tcsetpgrp(ends[0], getpgrp()));
    int other_master, other;
    open_pair(&other_master, &other);
    say_result("of another terminal", tcsetpgrp(other, getpgrp()));
}

int main(void)
{
    say_status("session", run_child(session));
    return 0;
}
