/* a nonblocking write of PIPE_BUF bytes into less room writes nothing. */
#include "observe.h"

static char page[PIPE_BUF];

int main(void)
{
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK));
    while (write(ends[1], page, sizeof page) > 0)
        ;
    MUST(read(ends[0], page, 1));
    say_result("write PIPE_BUF bytes into one byte of room", write(ends[1], page, sizeof page));
    int queued;
    MUST(ioctl(ends[0], FIONREAD, &queued));
    say("one byte below capacity: %d\n", queued == fcntl(ends[0], F_GETPIPE_SZ) - 1);
    return 0;
}
