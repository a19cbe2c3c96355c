/* writing to a pipe without a reader kills the writer with SIGPIPE. */
#include "observe.h"

static void body(void)
{
    int ends[2];
    make_pipe(ends);
    close_fd(ends[0]);
    send_byte(ends[1], 'x');
    say("not reached\n");
}

int main(void)
{
    say_status("writer", run_child(body));
    return 0;
}
