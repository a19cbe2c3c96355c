/* a SIGPIPE handler runs and then the write fails with EPIPE. */
#include "observe.h"

static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
}

int main(void)
{
    int ends[2];
    make_pipe(ends);
    close_fd(ends[0]);
    handle(SIGPIPE, on_signal, SA_RESTART);
    ssize_t n = write(ends[1], "x", 1);
    say_result("write", n);
    say("caught SIGPIPE: %d\n", caught == SIGPIPE);
    return 0;
}
