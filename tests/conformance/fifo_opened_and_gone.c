/* who opens a FIFO whose other side opens, writes, closes and ends at once gets through, with every byte, every time. */
#include "observe.h"
#include <sched.h>

int main(void)
{
    char text[8];
    int bytes = 0;
    MUST(mkfifo("f", 0600));
    for (int round = 0; round < 100; round++) {
        int ready[2];
        make_pipe(ready);
        pid_t child = fork_child();
        if (child == 0) {
            MUST(write(ready[1], "r", 1));
            int out = open("f", O_WRONLY);
            MUST(write(out, "x", 1));
            close_fd(out);
            _exit(0);
        }
        if (round % 2) { /* the writer is about to wait; give it the processor */
            MUST(read(ready[0], text, 1));
            sched_yield();
        }
        int in = open("f", O_RDONLY);
        ssize_t n;
        while ((n = read(in, text, sizeof text)) > 0)
            bytes += (int)n;
        close_fd(in);
        reap(child);
        close_fd(ready[0]);
        close_fd(ready[1]);
    }
    say("%d bytes\n", bytes);
    return 0;
}
