/* packet mode: each read of the master begins with what it is: data, or what was flushed, stopped and started. */
#include "observe_terminal.h"

int main(void)
{
    int master, slave, on = 1, off = 0, mode = -1;
    open_pair(&master, &slave);
    MUST(ioctl(master, TIOCPKT, &on));
    MUST(ioctl(master, TIOCGPKT, &mode));
    say("mode %d\n", mode);
    MUST(write(slave, "data", 4));
    await(master, POLLIN);
    say_read("data", master, 100);
    MUST(tcflush(slave, TCIFLUSH));
    say_events("flushed", master);
    say_read("flushed", master, 100);
    say_events("read", master);
    MUST(tcflow(slave, TCOOFF));
    say_read("stopped", master, 100);
    MUST(tcflow(slave, TCOON));
    say_read("started", master, 100);
    change_input(slave, IXON, 0);
    say_read("keys do not stop", master, 100);
    change_input(slave, 0, IXON);
    say_read("keys stop", master, 100);
    MUST(fcntl(master, F_SETFL, O_NONBLOCK));
    say_read("nothing", master, 100);
    MUST(ioctl(master, TIOCPKT, &off));
    MUST(write(slave, "plain", 5));
    await(master, POLLIN);
    say_read("plain", master, 100);
    say_result("of the other end", ioctl(slave, TIOCPKT, &on));
    return 0;
}
