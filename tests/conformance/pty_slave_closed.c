/* a master whose other end nobody has open fails with EIO and POLLHUP, and works again when somebody opens it. */
#include "observe_terminal.h"

int main(void)
{
    int master = open_master();
    say_events("never opened", master);
    int slave = open_slave(master, O_RDWR | O_NOCTTY);
    say_events("open", master);
    MUST(write(slave, "last", 4));
    close_fd(slave);
    say_all("what was written before", master, 4);
    say_read("closed", master, 10);
    say_events("closed", master);
    slave = open_slave(master, O_RDWR | O_NOCTTY);
    MUST(write(slave, "again", 5));
    say_all("opened again", master, 5);
    int copy = dup(slave);
    close_fd(slave);
    say_events("a copy is open", master);
    close_fd(copy);
    say_read("and closed", master, 10);

    slave = open_slave(master, O_RDWR | O_NOCTTY);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(master);
        MUST(write(slave, "bye", 3));
        _exit(0);
    }
    close_fd(slave);
    say_all("a child's last words", master, 3);
    say_read("and its end", master, 10);
    say_status("child", reap(child));
    return 0;
}
