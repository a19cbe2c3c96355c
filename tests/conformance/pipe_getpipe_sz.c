/* F_GETPIPE_SZ tells the same capacity at both ends, at least PIPE_BUF; a closed descriptor is EBADF. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    int size = fcntl(ends[0], F_GETPIPE_SZ);
    say("same at both ends: %d\n", size == fcntl(ends[1], F_GETPIPE_SZ));
    say("at least PIPE_BUF: %d\n", size >= PIPE_BUF);
    close_fd(ends[0]);
    say_result("closed", fcntl(ends[0], F_GETPIPE_SZ));
    return 0;
}
