/* TIOCEXCL: a terminal that is exclusive opens for nobody but who administers. */
#include "observe_terminal.h"

int main(void)
{
    int master, slave, state = -1;
    open_pair(&master, &slave);
    MUST(ioctl(slave, TIOCGEXCL, &state));
    say("at first %d\n", state);
    MUST(ioctl(slave, TIOCEXCL));
    MUST(ioctl(slave, TIOCGEXCL, &state));
    say("exclusive %d\n", state);
    int again = open(ptsname(master), O_RDWR | O_NOCTTY);
    say_result("open", again < 0 ? again : 0);
    MUST(ioctl(slave, TIOCNXCL));
    MUST(ioctl(slave, TIOCGEXCL, &state));
    say("shared %d\n", state);
    again = open(ptsname(master), O_RDWR | O_NOCTTY);
    say_result("open", again < 0 ? again : 0);
    return 0;
}
