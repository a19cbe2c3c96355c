/* window sizes: zero at first, set at either end, and SIGWINCH to the foreground group when they change. */
#include "observe_terminal.h"

static int told[2];

static void caught(int number)
{
    (void)number;
    send_byte(told[1], 'w');
}

static void say_size(const char *what, int fd)
{
    struct winsize size;
    MUST(ioctl(fd, TIOCGWINSZ, &size));
    say("%s: %d rows, %d columns, %d by %d\n", what, size.ws_row, size.ws_col, size.ws_xpixel,
        size.ws_ypixel);
}

static void session(void)
{
    int master = open_master(), slave = lead_session(master);
    make_pipe(told);
    MUST(fcntl(told[0], F_SETFL, O_NONBLOCK));
    handle(SIGWINCH, caught, SA_RESTART);
    say_size("at first", slave);
    struct winsize size = {24, 80, 640, 480};
    MUST(ioctl(master, TIOCSWINSZ, &size));
    say_result("changed at the master", read(told[0], &size, 1));
    say_size("slave", slave);
    size = (struct winsize){24, 80, 640, 480};
    MUST(ioctl(master, TIOCSWINSZ, &size));
    say_result("the same", read(told[0], &size, 1));
    size = (struct winsize){50, 132, 0, 0};
    MUST(ioctl(slave, TIOCSWINSZ, &size));
    say_result("changed at the slave", read(told[0], &size, 1));
    say_size("master", master);
    say_result("bad address", ioctl(slave, TIOCGWINSZ, (void *)8));
}

int main(void)
{
    say_status("session", run_child(session));
    return 0;
}
