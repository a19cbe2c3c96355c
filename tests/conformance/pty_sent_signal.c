/* TIOCSIG: who has the master sends the foreground group an interrupt, a quit or a suspend, and nothing else. */
#include "observe_terminal.h"

#ifndef TIOCSIG
#define TIOCSIG 0x40045436
#endif

static void session(int master, int ready)
{
    lead_session(master);
    send_byte(ready, 'r');
    for (;;)
        pause();
}

int main(void)
{
    static const int numbers[] = {SIGINT, SIGQUIT, SIGTSTP};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int master = open_master(), ready[2];
        make_pipe(ready);
        pid_t child = fork_child();
        if (child == 0) {
            struct rlimit none = {0, 0};
            MUST(setrlimit(RLIMIT_CORE, &none));
            if (numbers[i] == SIGTSTP)
                handle(SIGTSTP, _exit, 0);
            session(master, ready[1]);
        }
        take_byte(ready[0]);
        say_result("SIGKILL", ioctl(master, TIOCSIG, SIGKILL));
        say_result("SIGHUP", ioctl(master, TIOCSIG, SIGHUP));
        say_result("sent", ioctl(master, TIOCSIG, numbers[i]));
        say_status("child", reap(child));
        close_fd(master);
    }
    int master, slave;
    open_pair(&master, &slave);
    say_result("of the other end", ioctl(slave, TIOCSIG, SIGINT));
    return 0;
}
