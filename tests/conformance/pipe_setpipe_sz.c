/* F_SETPIPE_SZ gives at least the capacity asked for, keeps the data, and refuses to drop any. */
#include "observe.h"

static char buffer[1 << 17];

int main(void)
{
    int ends[2];
    MUST(pipe2(ends, O_NONBLOCK));
    MUST(write(ends[1], "kept", 4));
    MUST(fcntl(ends[1], F_SETPIPE_SZ, 1 << 17));
    say("capacity large enough: %d\n", fcntl(ends[0], F_GETPIPE_SZ) >= 1 << 17);
    say_result("read", read(ends[0], buffer, 100));
    say("data: %.4s\n", buffer);
    MUST(write(ends[1], buffer, 1 << 17));
    say_result("smaller than the data", fcntl(ends[1], F_SETPIPE_SZ, 65536));
    int queued;
    MUST(ioctl(ends[0], FIONREAD, &queued));
    say("still queued: %d\n", queued);
    return 0;
}
