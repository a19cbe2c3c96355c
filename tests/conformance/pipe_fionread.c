/* FIONREAD tells the bytes queued, at both ends. */
#include "observe.h"

int main(void)
{
    int ends[2], queued = -1;
    char buffer[10];
    make_pipe(ends);
    MUST(ioctl(ends[0], FIONREAD, &queued));
    say("empty: %d\n", queued);
    MUST(write(ends[1], "0123456789", 10));
    MUST(ioctl(ends[0], FIONREAD, &queued));
    say("after a write of 10: %d\n", queued);
    MUST(read(ends[0], buffer, 4));
    MUST(ioctl(ends[1], FIONREAD, &queued));
    say("after a read of 4: %d\n", queued);
    return 0;
}
