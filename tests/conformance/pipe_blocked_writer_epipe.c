/* a writer blocked in a full pipe gets EPIPE when the last reader goes. */
#include "observe.h"

static char big[1 << 21];

int main(void)
{
    int ends[2], started[2];
    make_pipe(ends);
    make_pipe(started);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        handle(SIGPIPE, SIG_IGN, 0);
        send_byte(started[1], 's');
        ssize_t n = write(ends[1], big, sizeof big);
        say("first write is short: %d\n", n < (ssize_t)sizeof big);
        say_result("next write", write(ends[1], big, sizeof big));
        _exit(0);
    }
    close_fd(ends[1]);
    take_byte(started[0]);
    /* One byte read: the writer has begun, and cannot end before the reader goes. */
    take_byte(ends[0]);
    close_fd(ends[0]);
    say_status("writer", reap(child));
    return 0;
}
