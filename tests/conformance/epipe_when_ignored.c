/* with SIGPIPE ignored the write fails with EPIPE. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    close_fd(ends[0]);
    handle(SIGPIPE, SIG_IGN, 0);
    say_result("write", write(ends[1], "x", 1));
    return 0;
}
