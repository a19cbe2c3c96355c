/* a read interrupted by a handler with SA_RESTART goes on and gets its data. */
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
        char byte = 0;
        close_fd(ends[1]);
        handle(SIGUSR1, on_signal, SA_RESTART);
        send_byte(report[1], 'r');
        say_result("read", read(ends[0], &byte, 1));
        say("byte: %c\n", byte);
        _exit(0);
    }
    take_byte(report[0]);
    for (int i = 0; i < 20; i++) {
        MUST(kill(child, SIGUSR1));
        take_byte(report[0]);
    }
    send_byte(ends[1], 'x');
    say_status("child", reap(child));
    return 0;
}
