/* a hang-up ends a session leader, stopped or not, and its end the group that was in the foreground. */
#include "observe_terminal.h"

static int told[2];

static void caught(int number)
{
    send_byte(told[1], number == SIGHUP ? 'h' : 'c');
    if (number == SIGHUP)
        _exit(0);
}

static void hang_up(const char *what, int stops)
{
    int master = open_master(), ready[2], status;
    make_pipe(ready);
    pid_t leader = fork_child();
    if (leader == 0) {
        int slave = lead_session(master);
        close_fd(master);
        block(SIG_BLOCK, SIGTTOU);
        pid_t job = fork_child();
        if (job == 0) {
            MUST(setpgid(0, 0));
            MUST(tcsetpgrp(slave, getpid()));
            handle(SIGHUP, caught, 0);
            send_byte(ready[1], 'j');
            for (;;)
                pause();
        }
        for (;;)
            pause();
    }
    take_byte(ready[0]);
    if (stops) {
        MUST(kill(leader, SIGSTOP));
        MUST(waitpid(leader, &status, WUNTRACED));
        say_status(what, status);
    }
    close_fd(master);
    say_status(what, reap(leader));
    say("%s: job heard %c\n", what, take_byte(told[0]));
}

int main(void)
{
    make_pipe(told);
    hang_up("waiting", 0);
    hang_up("stopped", 1);
    return 0;
}
