/* output is stopped and started by keys and by calls; then a write waits, and poll says so. */
#include "observe_terminal.h"

static int master, slave;

static void stopped(const char *what)
{
    say_events(what, slave);
    say_result("write", write(slave, "x", 1));
}

int main(void)
{
    open_pair(&master, &slave);
    make_raw(slave, 1, 0);
    change_input(slave, 0, IXON);
    MUST(fcntl(slave, F_SETFL, O_NONBLOCK));
    type(master, "\023");
    stopped("stop key");
    type(master, "\021");
    stopped("start key");
    say_all("shown", master, 1);
    say_read("keys are not read", slave, 10);
    type(master, "\023a");
    stopped("another key");
    change_input(slave, 0, IXANY);
    type(master, "b");
    say_all("typed", slave, 2);
    stopped("any key starts");
    say_all("shown", master, 1);

    MUST(tcflow(slave, TCOOFF));
    stopped("stopped by a call");
    type(master, "\021");
    say_events("a key does not start that", slave);
    MUST(tcflow(slave, TCOON));
    stopped("started by a call");
    say_all("shown", master, 1);
    MUST(tcflow(slave, TCIOFF));
    MUST(tcflow(slave, TCION));
    say_all("asked to stop and go on", master, 2);
    say_result("other", tcflow(slave, 9));

    MUST(fcntl(slave, F_SETFL, 0));
    MUST(tcflow(slave, TCOOFF));
    int told[2];
    make_pipe(told);
    pid_t child = fork_child();
    if (child == 0) {
        send_byte(told[1], 'w');
        say_result("write that waited", write(slave, "yz", 2));
        _exit(0);
    }
    take_byte(told[0]);
    say_events("nothing comes", master);
    MUST(tcflow(slave, TCOON));
    say_status("writer", reap(child));
    say_all("then", master, 2);
    return 0;
}
