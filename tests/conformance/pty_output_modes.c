/* what is written is mapped on its way out: newlines, carriage returns, tabs, small letters. */
#include "observe_terminal.h"

static void written(const char *what, tcflag_t modes, const char *text, size_t shown)
{
    int master, slave;
    open_pair(&master, &slave);
    struct termios settings = modes_of(slave);
    settings.c_oflag = modes;
    set_modes(slave, &settings);
    say("%s writes %zd\n", what, write(slave, text, strlen(text)));
    say_all("shown", master, shown);
    say_events("then", master);
    close_fd(slave);
    close_fd(master);
}

int main(void)
{
    written("without OPOST", ONLCR | OCRNL | OLCUC, "a\nb\rc", 5);
    written("OPOST", OPOST, "a\nb\r", 4);
    written("ONLCR", OPOST | ONLCR, "a\nb\n", 6);
    written("OCRNL", OPOST | OCRNL, "a\rb", 3);
    written("ONOCR", OPOST | ONOCR, "\ra\r", 2);
    written("ONLRET", OPOST | ONLRET | ONOCR, "a\n\rb", 3);
    written("OLCUC", OPOST | OLCUC, "abC", 3);
    written("tabs", OPOST | XTABS, "a\tb\t\tc", 8 + 8 + 8 + 1);
    written("tabs kept", OPOST, "a\tb", 3);
    return 0;
}
