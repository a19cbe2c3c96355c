/* a background group may write, unless TOSTOP says otherwise; for changing settings it is stopped in any case. */
#include "observe_terminal.h"

static int master, slave;

enum what { WRITES, SETS, FLUSHES, GROUPS };

static pid_t background(enum what what, int blocks)
{
    pid_t child = fork_child();
    if (child == 0) {
        MUST(setpgid(0, 0));
        block(blocks ? SIG_BLOCK : SIG_UNBLOCK, SIGTTOU);
        struct termios modes = modes_of(slave);
        if (what == WRITES)
            say_result("written", write(slave, "x", 1));
        else if (what == SETS)
            say_result("set", tcsetattr(slave, TCSANOW, &modes));
        else if (what == FLUSHES)
            say_result("flushed", tcflush(slave, TCIFLUSH));
        else
            say_result("in the foreground", tcsetpgrp(slave, getpgrp()));
        _exit(0);
    }
    return child;
}

static void stopped(const char *who, enum what what)
{
    int status;
    pid_t child = background(what, 0);
    MUST(waitpid(child, &status, WUNTRACED));
    say_status(who, status);
    MUST(kill(child, SIGKILL));
    say_status(who, reap(child));
    say_status(who, reap(background(what, 1)));
    MUST(tcsetpgrp(slave, getpgrp()));
}

static void session(void)
{
    master = open_master();
    slave = lead_session(master);
    block(SIG_BLOCK, SIGTTOU);
    say_status("writes", reap(background(WRITES, 0)));
    change_local(slave, 0, TOSTOP);
    int status;
    pid_t child = background(WRITES, 0);
    MUST(waitpid(child, &status, WUNTRACED));
    say_status("writer", status);
    change_local(slave, TOSTOP, 0);
    MUST(kill(child, SIGCONT));
    say_status("continued", reap(child));
    say_all("shown", master, 2);
    change_local(slave, 0, TOSTOP);
    stopped("writes", WRITES);
    change_local(slave, TOSTOP, 0);
    stopped("sets", SETS);
    stopped("flushes", FLUSHES);
    stopped("takes the foreground", GROUPS);
}

int main(void)
{
    say_status("session", run_child(session));
    return 0;
}
