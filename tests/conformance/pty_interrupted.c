/* a signal ends a blocked read of a terminal with EINTR, or it is restarted; bytes that came are kept. */
#include "observe_terminal.h"

static int told[2];

static void caught(int number)
{
    (void)number;
    send_byte(told[1], 's');
}

static pid_t reader(int fd, const char *what, int flags)
{
    pid_t child = fork_child();
    if (child == 0) {
        handle(SIGUSR1, caught, flags);
        send_byte(told[1], 'r');
        say_read(what, fd, 100);
        if (!(flags & SA_RESTART))
            say_read("then", fd, 100);
        _exit(0);
    }
    take_byte(told[0]);
    return child;
}

static void interrupt(pid_t child)
{
    await_asleep(child);
    MUST(kill(child, SIGUSR1));
    take_byte(told[0]);
}

int main(void)
{
    int master, slave;
    open_pair(&master, &slave);
    change_local(slave, ECHO, 0);
    make_pipe(told);
    pid_t child = reader(slave, "interrupted", 0);
    interrupt(child);
    type(master, "line\n");
    say_status("reader", reap(child));
    child = reader(slave, "restarted", SA_RESTART);
    interrupt(child);
    type(master, "line\n");
    say_status("reader", reap(child));
    child = reader(master, "master interrupted", 0);
    interrupt(child);
    MUST(write(slave, "shown", 5));
    say_status("reader", reap(child));
    return 0;
}
