/* the settings of a new terminal, and that they read back: modes, keys, speeds, from either end. */
#include "observe_terminal.h"

static void say_modes(const char *what, int fd)
{
    struct termios modes = modes_of(fd);
    say("%s: %o %o %o %o, speeds %o %o\n", what, modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag,
        cfgetispeed(&modes), cfgetospeed(&modes));
    for (int i = 0; i < 17; i++)
        say("%s%d", i ? " " : "  ", modes.c_cc[i]);
    say("\n");
}

int main(void)
{
    int master, slave;
    open_pair(&master, &slave);
    say_modes("new", slave);
    say_modes("by the master", master);
    struct termios modes = modes_of(slave);
    cfmakeraw(&modes);
    modes.c_cc[VERASE] = '#';
    MUST(cfsetispeed(&modes, B9600));
    MUST(cfsetospeed(&modes, B9600));
    MUST(tcsetattr(slave, TCSANOW, &modes));
    say_modes("raw", slave);
    modes = modes_of(master);
    modes.c_lflag |= ICANON | ECHO;
    MUST(tcsetattr(master, TCSANOW, &modes));
    say_modes("set by the master", slave);
    int value = -1;
    MUST(ioctl(slave, TIOCGETD, &value));
    say("discipline %d\n", value);
    say_result("bad address", ioctl(slave, TCGETS, (void *)8));
    say_result("no such request", ioctl(slave, 0x54ff, 0));
    return 0;
}
