/* VMIN and VTIME: how many bytes a read waits for, and how long. */
#include "observe_terminal.h"

static int master, slave, told[2];

/* A child that says when it is about to read. */
static pid_t reader(const char *what, size_t most)
{
    pid_t child = fork_child();
    if (child == 0) {
        send_byte(told[1], 'r');
        say_read(what, slave, most);
        _exit(0);
    }
    take_byte(told[0]);
    return child;
}

int main(void)
{
    open_pair(&master, &slave);
    make_pipe(told);
    make_raw(slave, 0, 0);
    say_read("nothing, at once", slave, 10);
    make_raw(slave, 0, 1);
    say_read("nothing, after a while", slave, 10);
    type(master, "ab");
    say_read("two, without waiting", slave, 10);

    make_raw(slave, 3, 0);
    pid_t child = reader("three in pieces", 10);
    type(master, "a");
    type(master, "b");
    type(master, "c");
    reap(child);
    child = reader("no more than asked for", 2);
    type(master, "d");
    type(master, "e");
    reap(child);
    type(master, "abcdef");
    say_read("more than needed", slave, 10);
    type(master, "gh");
    say_events("two of three", slave);
    MUST(fcntl(slave, F_SETFL, O_NONBLOCK));
    say_read("not blocking", slave, 10);
    say_read("not blocking, nothing", slave, 10);
    MUST(fcntl(slave, F_SETFL, 0));

    make_raw(slave, 200, 2);
    type(master, "xyz");
    say_read("time between bytes is over", slave, 10);
    make_raw(slave, 1, 0);
    type_bytes(master, "\0\003\004\032\n\r\177\377", 8);
    say_read("every byte as it is", slave, 10);
    say_result("nothing asked for", read(slave, NULL, 0));
    return 0;
}
