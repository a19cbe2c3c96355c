/* F_SETFL O_DIRECT makes an empty pipe one of packets, and again one of bytes; one that is small grows for it. */
#include "observe.h"

static char text[8192];

static void two_writes(int p[2], const char *when)
{
    MUST(write(p[1], "one", 3));
    MUST(write(p[1], "second", 6));
    say("%s\n", when);
    say_result("read", read(p[0], text, sizeof text));
    int left;
    MUST(ioctl(p[0], FIONREAD, &left));
    say("left %d\n", left);
    if (left)
        say_result("rest", read(p[0], text, sizeof text));
}

int main(void)
{
    int p[2];
    MUST(pipe(p));
    two_writes(p, "bytes");
    say_result("on", fcntl(p[1], F_SETFL, O_DIRECT));
    say("flags %d\n", fcntl(p[1], F_GETFL) == (O_WRONLY | O_DIRECT));
    two_writes(p, "packets");
    say_result("off", fcntl(p[1], F_SETFL, 0));
    two_writes(p, "bytes again");
    say_result("of the end that reads", fcntl(p[0], F_SETFL, O_DIRECT));
    say("flags %d\n", fcntl(p[0], F_GETFL) == (O_RDONLY | O_DIRECT));
    two_writes(p, "still bytes");

    MUST(fcntl(p[1], F_SETPIPE_SZ, 4096));
    MUST(fcntl(p[1], F_SETFL, O_DIRECT | O_NONBLOCK));
    say_result("a whole page", write(p[1], text, 4096));
    say_result("read", read(p[0], text, sizeof text));
    MUST(fcntl(p[1], F_SETPIPE_SZ, 4096) < 4096 ? -1 : 0);
    say_result("a whole page", write(p[1], text, 4096));
    say_result("read", read(p[0], text, sizeof text));
    return 0;
}
