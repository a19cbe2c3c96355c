/* what is typed is edited: erase, word erase, kill, quote and reprint, and shown as the settings say. */
#include "observe_terminal.h"

static void edit(const char *what, tcflag_t off, tcflag_t on, const char *typed, size_t shown)
{
    int master, slave;
    open_pair(&master, &slave);
    change_local(slave, off, on);
    type(master, typed);
    char line[64];
    snprintf(line, sizeof line, "%s, read", what);
    say_read(line, slave, 100);
    snprintf(line, sizeof line, "%s, shown", what);
    say_all(line, master, shown);
    say_events("then", master);
    close_fd(slave);
    close_fd(master);
}

int main(void)
{
    edit("plain", 0, 0, "ab\n", 4);
    edit("erase", 0, 0, "abx\177c\n", 9);
    edit("erase of a control character", 0, 0, "a\001\177b\n", 12);
    edit("erase of nothing", 0, 0, "\177a\n", 3);
    edit("erase without ECHOE", ECHOE, 0, "abx\177c\n", 7);
    edit("word erase", 0, 0, "one two  \027x\n", 9 + 15 + 3);
    edit("kill", 0, 0, "ab\025c\n", 2 + 6 + 3);
    edit("kill without ECHOKE", ECHOKE, 0, "ab\025c\n", 2 + 4 + 3);
    edit("kill without either", ECHOKE | ECHOK, 0, "ab\025c\n", 2 + 2 + 3);
    edit("quoted", 0, 0, "a\026\003b\n", 1 + 2 + 2 + 1 + 2);
    edit("reprint", 0, 0, "ab\022c\n", 2 + 4 + 2 + 3);
    edit("printed erasing", 0, ECHOPRT, "ab\177c\n", 2 + 2 + 1 + 3);
    edit("control characters as they are", ECHOCTL, 0, "a\001b\n", 5);
    edit("silent", ECHO, 0, "ab\n", 0);
    edit("only the newline", ECHO, ECHONL, "ab\n", 2);
    edit("without extensions", IEXTEN, 0, "a\026b\027\n", 6);
    return 0;
}
