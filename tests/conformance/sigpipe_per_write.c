/* every failing write to a pipe without a reader sends a SIGPIPE of its own. */
#include "observe.h"

static volatile int count;

static void on_pipe(int number)
{
    (void)number;
    count++;
}

int main(void)
{
    int ends[2];
    make_pipe(ends);
    close_fd(ends[0]);
    handle(SIGPIPE, on_pipe, 0);
    for (int i = 0; i < 3; i++)
        say_result("write", write(ends[1], "x", 1));
    say("SIGPIPE %d\n", count);
    return 0;
}
