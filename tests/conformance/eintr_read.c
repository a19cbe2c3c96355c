/* a blocked read interrupted by a handler without SA_RESTART fails with EINTR. */
#include "observe.h"

static int report[2];

static void on_signal(int number)
{
    (void)number;
    send_byte(report[1], 'h');
}

int main(void)
{
    int ends[2];
    make_pipe(ends);
    make_pipe(report);
    pid_t child = fork_child();
    if (child == 0) {
        char byte;
        handle(SIGUSR1, on_signal, 0);
        send_byte(report[1], 'r');
        say_result("read", read(ends[0], &byte, 1));
        send_byte(report[1], 'E');
        _exit(0);
    }
    /* A signal may come before the read blocks, so one follows the other until one of them has hit it. */
    take_byte(report[0]);
    do
        MUST(kill(child, SIGUSR1));
    while (take_byte(report[0]) != 'E');
    say_status("child", reap(child));
    return 0;
}
