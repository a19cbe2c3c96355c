/* a session leader without a terminal gets the first that it opens, or asks for; one session each; it can be given up. */
#include "observe_terminal.h"

static void by_opening(void)
{
    int master = open_master();
    MUST(setsid());
    say_result("before", open("/dev/tty", O_RDWR));
    int kept = open_slave(master, O_RDWR | O_NOCTTY);
    say_result("O_NOCTTY", open("/dev/tty", O_RDWR));
    say_result("its group", tcgetpgrp(kept));
    int slave = open_slave(master, O_RDWR);
    say("session %d, group %d\n", tcgetsid(slave) == getpid(), tcgetpgrp(slave) == getpgrp());
    say("of the master: session %d, group %d\n", tcgetsid(master) == getpid(),
        tcgetpgrp(master) == getpgrp());
    int tty = open("/dev/tty", O_RDWR);
    MUST(tty);
    MUST(write(tty, "x", 1));
    say_all("by /dev/tty", master, 1);
    say("names %s %d\n", ttyname(tty), strcmp(ttyname(slave), ptsname(master)) == 0);
    say("controlling %s\n", ctermid(NULL));

    int other_master, other;
    open_pair(&other_master, &other);
    say_result("a second terminal", ioctl(other, TIOCSCTTY, 0));
    say_result("its own again", ioctl(slave, TIOCSCTTY, 0));
    say_result("group of the other", tcgetpgrp(other));
    pid_t child = fork_child();
    if (child == 0) {
        MUST(setsid());
        say_result("of another session", ioctl(slave, TIOCSCTTY, 0));
        say_result("/dev/tty of another session", open("/dev/tty", O_RDWR));
        int again = open_slave(master, O_RDWR);
        say_result("opened by another session", tcgetsid(again));
        say_result("free one", ioctl(other, TIOCSCTTY, 0));
        say("then %d\n", tcgetsid(other) == getpid());
        _exit(0);
    }
    reap(child);
    child = fork_child();
    if (child == 0) {
        say_result("not a leader", ioctl(other, TIOCSCTTY, 0));
        MUST(ioctl(slave, TIOCNOTTY));
        say_result("member without", open("/dev/tty", O_RDWR));
        say_result("given up twice", ioctl(slave, TIOCNOTTY));
        _exit(0);
    }
    reap(child);
    MUST(signal(SIGHUP, SIG_IGN) == SIG_ERR ? -1 : 0);
    say_result("leader gives it up", ioctl(tty, TIOCNOTTY));
    say_result("leader without", open("/dev/tty", O_RDWR));
    say_result("nobody's", tcgetsid(slave));
    say_result("taken again", ioctl(slave, TIOCSCTTY, 0));
    say("session %d\n", tcgetsid(slave) == getpid());
}

int main(void)
{
    say_status("child", run_child(by_opening));
    return 0;
}
