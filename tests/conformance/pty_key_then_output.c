/* what a handler writes for a key is shown, however fast it is: the queues are emptied before it runs. */
#include "observe_terminal.h"

static int slave;

static void caught(int number)
{
    (void)number;
    if (write(slave, "!", 1) != 1)
        _exit(96);
}

int main(void)
{
    int master = open_master(), ready[2], shown = 0;
    make_pipe(ready);
    pid_t child = fork_child();
    if (child == 0) {
        slave = lead_session(master);
        change_local(slave, ECHO, 0);
        handle(SIGINT, caught, SA_RESTART);
        send_byte(ready[1], 'r');
        say_read("read", slave, 100);
        say_read("read", slave, 100);
        _exit(0);
    }
    take_byte(ready[0]);
    for (int i = 0; i < 100; i++) {
        type(master, i % 2 ? "\003" : "some text\003");
        shown += take_byte(master) == '!';
    }
    say("shown %d\n", shown);
    type(master, "lost\003kept\nnext\n");
    shown = take_byte(master);
    say_status("child", reap(child));
    say("and %c\n", shown);
    return 0;
}
