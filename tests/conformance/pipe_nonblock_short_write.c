/* a nonblocking write of more than PIPE_BUF bytes writes what fits. */
#include "observe.h"

static char big[1 << 21];

int main(void)
{
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK));
    ssize_t n = write(ends[1], big, sizeof big);
    say("as much as the capacity: %d\n", n == fcntl(ends[1], F_GETPIPE_SZ));
    say_result("then", write(ends[1], big, sizeof big));
    return 0;
}
