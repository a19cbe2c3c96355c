/* a terminal gives line by line: parts of one, end of file alone and within a line, other ends of line. */
#include "observe_terminal.h"

int main(void)
{
    int master, slave;
    open_pair(&master, &slave);
    change_local(slave, ECHO, 0);
    type(master, "one\ntwo\nthree\n");
    say_read("first", slave, 100);
    say_read("a part", slave, 2);
    say_read("its rest", slave, 100);
    say_read("third", slave, 100);
    type(master, "not yet");
    say_events("without an end", slave);
    type(master, "\004");
    say_read("end of file within a line", slave, 100);
    type(master, "\004");
    say_read("end of file", slave, 100);
    type(master, "after\n");
    say_read("goes on", slave, 100);
    struct termios modes = modes_of(slave);
    modes.c_cc[VEOL] = ';';
    modes.c_cc[VEOL2] = '|';
    set_modes(slave, &modes);
    type(master, "a;b|c\n");
    say_read("own end", slave, 100);
    say_read("second own end", slave, 100);
    say_read("newline", slave, 100);
    type(master, "abc\004\004");
    say_read("cut", slave, 3);
    say_read("then end of file", slave, 100);
    MUST(fcntl(slave, F_SETFL, O_NONBLOCK));
    say_read("nothing", slave, 100);
    return 0;
}
