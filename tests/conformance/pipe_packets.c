/* pipe2(O_DIRECT) keeps packets apart: a read takes one, what it has no room for is lost. */
#include "observe.h"

int main(void)
{
    int p[2], available;
    static char text[10000];
    MUST(pipe2(p, O_DIRECT));
    say("flags %d %d\n", (fcntl(p[0], F_GETFL) & O_DIRECT) != 0, (fcntl(p[1], F_GETFL) & O_DIRECT) != 0);
    MUST(write(p[1], "one", 3));
    MUST(write(p[1], "second", 6));
    MUST(write(p[1], "third", 5));
    MUST(ioctl(p[0], FIONREAD, &available));
    say("available %d\n", available);
    say_result("first", read(p[0], text, sizeof text));
    say_result("cut off", read(p[0], text, 2));
    say("%.2s\n", text);
    struct iovec parts[2] = {{text, 2}, {text + 100, 50}};
    say_result("in parts", readv(p[0], parts, 2));
    say("%.2s %.3s\n", text, text + 100);
    struct iovec gathered[2] = {{text, 2}, {text + 7, 3}};
    say_result("gathered", writev(p[1], gathered, 2));
    say_result("as one", read(p[0], text, sizeof text));
    say_result("large", write(p[1], text, 5000));
    say_result("its first", read(p[0], text, sizeof text));
    say_result("its second", read(p[0], text, sizeof text));
    MUST(fcntl(p[0], F_SETFL, O_NONBLOCK));
    say_result("empty", read(p[0], text, sizeof text));
    say("kept %d\n", (fcntl(p[1], F_GETFL) & O_DIRECT) != 0);
    pid_t child = fork_child();
    if (child == 0) {
        for (int i = 1; i <= 200; i++)
            MUST(write(p[1], text, (size_t)i));
        _exit(0);
    }
    MUST(fcntl(p[0], F_SETFL, 0));
    close_fd(p[1]);
    int whole = 0;
    for (int i = 1; i <= 200; i++)
        whole += read(p[0], text, sizeof text) == i;
    say("whole %d\n", whole);
    say_result("end", read(p[0], text, sizeof text));
    reap(child);
    return 0;
}
