/* a nonblocking write to a full pipe fails with EAGAIN and goes on once there is room. */
#include "observe.h"

static char page[4096];

int main(void)
{
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK));
    long total = 0;
    ssize_t n;
    while ((n = write(ends[1], page, sizeof page)) > 0)
        total += n;
    say_result("write to the full pipe", n);
    say("as much as the capacity: %d\n", total == fcntl(ends[0], F_GETPIPE_SZ));
    say_result("read", read(ends[0], page, sizeof page));
    say_result("write", write(ends[1], page, sizeof page));
    return 0;
}
