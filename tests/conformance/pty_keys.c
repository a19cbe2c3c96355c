/* keys send signals to the foreground group: interrupt, quit, suspend, unless quoted or switched off; what was typed is gone. */
#include "observe_terminal.h"

static int answers[2], orders[2];

static void caught(int number)
{
    char line[32];
    int length = snprintf(line, sizeof line, "%d", number);
    if (write(answers[1], line, (size_t)length + 1) < 0)
        _exit(96);
}

static void answer(const char *what)
{
    char line[32] = "";
    for (size_t at = 0; at < sizeof line - 1; at++) {
        line[at] = (char)take_byte(answers[0]);
        if (line[at] == 0)
            break;
    }
    say("%s: signal %s\n", what, line);
}

static void job(int master)
{
    int slave = lead_session(master);
    handle(SIGINT, caught, SA_RESTART);
    handle(SIGQUIT, caught, SA_RESTART);
    handle(SIGTSTP, caught, SA_RESTART);
    handle(SIGUSR1, caught, SA_RESTART);
    send_byte(answers[1], 0);
    for (int order; (order = take_byte(orders[0])) != 'e';) {
        if (order == 'l')
            say_read("line", slave, 100);
        else if (order == 'i')
            change_local(slave, ISIG, 0);
        else if (order == 'n')
            change_local(slave, 0, ISIG | NOFLSH);
        else if (order == 'c') {
            struct termios modes = modes_of(slave);
            modes.c_cc[VINTR] = 'x';
            modes.c_cc[VQUIT] = _POSIX_VDISABLE;
            set_modes(slave, &modes);
        }
        send_byte(answers[1], 0);
    }
    _exit(0);
}

static void order(char what)
{
    send_byte(orders[1], what);
    take_byte(answers[0]);
}

int main(void)
{
    int master = open_master();
    make_pipe(answers);
    make_pipe(orders);
    pid_t child = fork_child();
    if (child == 0)
        job(master);
    take_byte(answers[0]);
    type(master, "\003");
    answer("interrupt");
    type(master, "\034");
    answer("quit");
    type(master, "\032");
    answer("suspend");
    say_all("shown", master, 6);
    type(master, "lost\003");
    answer("after some text");
    type(master, "kept\n");
    order('l');
    type(master, "a\026\003b\n");
    order('l');
    order('n');
    type(master, "left\003");
    answer("without flushing");
    type(master, " over\n");
    order('l');
    order('i');
    type(master, "a\003\034\032b\n");
    order('l');
    order('n');
    order('c');
    type(master, "x");
    answer("another key");
    type(master, "a\003\034b\n");
    order('l');
    send_byte(orders[1], 'e');
    say_status("job", reap(child));
    return 0;
}
