/* when the master is closed the session leader is hung up and continued; reads end, writes and requests fail. */
#include "observe_terminal.h"

static int told[2];

static void caught(int number)
{
    send_byte(told[1], number == SIGHUP ? 'h' : 'c');
}

static void other(int number)
{
    (void)number;
    send_byte(told[1], 'o');
}

int main(void)
{
    int master = open_master(), ready[2], gone[2];
    make_pipe(told);
    make_pipe(ready);
    make_pipe(gone);
    pid_t child = fork_child();
    if (child == 0) {
        int slave = lead_session(master);
        close_fd(master);
        pid_t member = fork_child();
        if (member == 0) {
            handle(SIGHUP, other, 0);
            send_byte(ready[1], 'm');
            take_byte(gone[0]);
            say_result("member's /dev/tty", open("/dev/tty", O_RDWR));
            say_result("member's group", tcgetpgrp(slave));
            _exit(0);
        }
        handle(SIGHUP, caught, SA_RESTART);
        handle(SIGCONT, caught, SA_RESTART);
        send_byte(ready[1], 'l');
        say_read("blocked read", slave, 10);
        int first = take_byte(told[0]), second = take_byte(told[0]);
        say("both %d\n", (first == 'h' && second == 'c') || (first == 'c' && second == 'h'));
        say_read("later read", slave, 10);
        say_result("write", write(slave, "x", 1));
        struct termios modes;
        say_result("settings", tcgetattr(slave, &modes));
        say_result("group", tcgetpgrp(slave));
        int count;
        say_result("bytes", ioctl(slave, FIONREAD, &count));
        say_events("events", slave);
        say_result("/dev/tty", open("/dev/tty", O_RDWR));
        say("a terminal %d\n", isatty(slave));
        send_byte(gone[1], 'g');
        say_status("member", reap(member));
        _exit(0);
    }
    take_byte(ready[0]);
    take_byte(ready[0]);
    await_asleep(child);
    close_fd(master);
    say_status("leader", reap(child));
    return 0;
}
