/* a blocked write that already wrote something returns that count when a handler runs. */
#include "observe.h"

static int report[2];
static char big[1 << 21];

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
    long capacity = fcntl(ends[0], F_GETPIPE_SZ);
    pid_t child = fork_child();
    if (child == 0) {
        handle(SIGUSR1, on_signal, 0);
        send_byte(report[1], 'r');
        ssize_t n = write(ends[1], big, sizeof big);
        say("short count or nothing written: %d\n", n == capacity || (n < 0 && errno == EINTR));
        send_byte(report[1], 'E');
        _exit(0);
    }
    take_byte(report[0]);
    struct pollfd watch = {ends[0], POLLIN, 0};
    MUST(poll(&watch, 1, -1));
    do
        MUST(kill(child, SIGUSR1));
    while (take_byte(report[0]) != 'E');
    say_status("child", reap(child));
    return 0;
}
