/* when a session leader ends, its foreground group is hung up and the terminal is free for another session. */
#include "observe_terminal.h"

int main(void)
{
    int master = open_master(), ready[2], ended[2], over[2];
    make_pipe(ready);
    make_pipe(over);
    make_pipe(ended);
    int slave = open_slave(master, O_RDWR | O_NOCTTY);
    pid_t leader = fork_child();
    if (leader == 0) {
        int own = lead_session(master);
        MUST(signal(SIGTTOU, SIG_IGN) == SIG_ERR ? -1 : 0);
        for (int i = 0; i < 2; i++) {
            pid_t child = fork_child();
            if (child == 0) {
                MUST(setpgid(0, 0));
                if (i == 0)
                    MUST(tcsetpgrp(own, getpid()));
                close_fd(master);
                send_byte(ready[1], 'r');
                if (i == 0)
                    for (;;)
                        pause();
                close_fd(ended[1]);
                take_byte(over[0]);
                say_result("background", tcgetsid(slave));
                send_byte(ready[1], 'b');
                _exit(0);
            }
        }
        take_byte(ready[0]);
        take_byte(ready[0]);
        _exit(3);
    }
    close_fd(ended[1]);
    say_status("leader", reap(leader));
    say("foreground is gone: %d\n", take_byte(ended[0]));
    say_result("nobody's", tcgetsid(master));
    say_result("no group", tcgetpgrp(master));
    pid_t next = fork_child();
    if (next == 0) {
        MUST(setsid());
        say_result("taken", ioctl(slave, TIOCSCTTY, 0));
        say("its session %d\n", tcgetsid(slave) == getpid());
        _exit(0);
    }
    say_status("next", reap(next));
    send_byte(over[1], 'o');
    take_byte(ready[0]);
    return 0;
}
