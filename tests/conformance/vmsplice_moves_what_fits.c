/* vmsplice moves what there is room for and returns; with no room it waits, or is EAGAIN. */
#include "observe.h"

static char text[131072];

int main(void)
{
    int p[2];
    MUST(pipe(p));
    struct iovec parts[2] = {{text, 3}, {text, sizeof text}};
    ssize_t moved = vmsplice(p[1], parts, 2, 0);
    say("some %d\n", moved > 3 && moved < (ssize_t)sizeof text);
    say_result("full", vmsplice(p[1], parts, 2, SPLICE_F_NONBLOCK));
    pid_t child = fork_child();
    if (child == 0) {
        ssize_t more = vmsplice(p[1], parts, 2, 0);
        _exit(more > 0 && more < (ssize_t)sizeof text ? 0 : 1);
    }
    close_fd(p[1]);
    ssize_t all = 0, n;
    while ((n = read(p[0], text, sizeof text)) > 0)
        all += n;
    say("read more %d\n", all > moved);
    reap(child);
    return 0;
}
