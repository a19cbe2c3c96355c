/* a line that is too long keeps its first 4095 bytes; reads take it in parts. */
#include "observe_terminal.h"

int main(void)
{
    int master, slave;
    open_pair(&master, &slave);
    change_local(slave, ECHO, 0);
    char block[1000], line[5000];
    memset(block, 'a', sizeof block);
    for (int i = 0; i < 5; i++) {
        type_bytes(master, block, sizeof block);
        events_of(slave, POLLIN);
    }
    type(master, "\n");
    ssize_t first = read(slave, line, 100);
    MUST(first);
    ssize_t rest = read(slave, line + first, sizeof line - (size_t)first);
    MUST(rest);
    say("%zd and %zd, ends with a newline %d\n", first, rest, line[first + rest - 1] == '\n');
    type(master, "next\n");
    say_read("then", slave, 100);
    say_result("longest line", fpathconf(slave, _PC_MAX_CANON));
    say_result("longest input", fpathconf(slave, _PC_MAX_INPUT));
    say_result("no key", fpathconf(slave, _PC_VDISABLE));
    return 0;
}
