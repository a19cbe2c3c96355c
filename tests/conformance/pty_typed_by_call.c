/* TIOCSTI types at one's own terminal: text is edited and shown, keys send signals; elsewhere who administers may. */
#include "observe_terminal.h"

static int told[2];

static void caught(int number)
{
    (void)number;
    send_byte(told[1], 's');
}

static int put(int fd, const char *text)
{
    int result = 0;
    while (*text && result == 0)
        result = ioctl(fd, TIOCSTI, text++);
    return result;
}

static void session(void)
{
    int master = open_master(), slave = lead_session(master), other_master, other;
    make_pipe(told);
    handle(SIGINT, caught, SA_RESTART);
    int result = put(slave, "abx\177c\n");
    say_result("at one's own", result);
    if (result == 0) {
        say_read("read", slave, 100);
        say_all("shown", master, 9);
        say_result("a key", put(slave, "\003"));
        take_byte(told[0]);
        say_result("bad address", ioctl(slave, TIOCSTI, (char *)opaque(8)));
    }
    open_pair(&other_master, &other);
    result = put(other, "d\n");
    say_result("at another", result);
    if (result == 0)
        say_read("read", other, 100);
}

int main(void)
{
    say_status("session", run_child(session));
    return 0;
}
