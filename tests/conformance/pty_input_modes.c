/* what is typed is mapped on its way in: carriage returns, newlines, the eighth bit, capitals. */
#include "observe_terminal.h"

static void typed(const char *what, tcflag_t modes, const char *text)
{
    int master, slave;
    open_pair(&master, &slave);
    struct termios raw = modes_of(slave);
    cfmakeraw(&raw);
    raw.c_iflag = modes;
    raw.c_lflag = modes & IUCLC ? IEXTEN : 0;
    set_modes(slave, &raw);
    type(master, text);
    say_read(what, slave, 100);
    close_fd(slave);
    close_fd(master);
}

int main(void)
{
    typed("as it is", 0, "A\r\n\301");
    typed("ICRNL", ICRNL, "a\rb\n");
    typed("INLCR", INLCR, "a\rb\n");
    typed("IGNCR", IGNCR, "a\rb\n");
    typed("IGNCR before ICRNL", IGNCR | ICRNL, "a\rb\n");
    typed("both", ICRNL | INLCR, "a\rb\n");
    typed("ISTRIP", ISTRIP, "\301\302c");
    typed("IUCLC", IUCLC, "ABc");
    typed("PARMRK", PARMRK, "a\377b");
    typed("PARMRK and ISTRIP", PARMRK | ISTRIP, "a\377b");
    typed("IGNBRK", IGNBRK | BRKINT, "a");
    return 0;
}
