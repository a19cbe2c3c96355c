/* a background group that reads is stopped by SIGTTIN; if it ignores or blocks that, or is orphaned, EIO. */
#include "observe_terminal.h"

static int slave, told[2], go[2];

static pid_t background(int ignores)
{
    pid_t child = fork_child();
    if (child == 0) {
        MUST(setpgid(0, 0));
        if (ignores == 1)
            MUST(signal(SIGTTIN, SIG_IGN) == SIG_ERR ? -1 : 0);
        if (ignores == 2)
            block(SIG_BLOCK, SIGTTIN);
        say_read("background", slave, 100);
        _exit(0);
    }
    return child;
}

static void session(void)
{
    int master = open_master(), status;
    slave = lead_session(master);
    MUST(signal(SIGTTOU, SIG_IGN) == SIG_ERR ? -1 : 0);
    pid_t child = background(0);
    MUST(waitpid(child, &status, WUNTRACED));
    say_status("reader", status);
    MUST(tcsetpgrp(slave, child));
    MUST(kill(child, SIGCONT));
    type(master, "a line\n");
    say_status("continued in the foreground", reap(child));
    MUST(tcsetpgrp(slave, getpgrp()));
    say_status("ignores it", reap(background(1)));
    say_status("blocks it", reap(background(2)));

    make_pipe(told);
    make_pipe(go);
    child = fork_child();
    if (child == 0) {
        MUST(setpgid(0, 0));
        pid_t orphan = fork_child();
        if (orphan > 0)
            _exit(0);
        take_byte(go[0]);
        say_read("orphan", slave, 100);
        send_byte(told[1], 'd');
        _exit(0);
    }
    reap(child);
    send_byte(go[1], 'g');
    take_byte(told[0]);
}

int main(void)
{
    say_status("session", run_child(session));
    return 0;
}
