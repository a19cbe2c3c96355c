/* a tree of four levels with three children each counts its processes through one pipe. */
#include "observe.h"

static void grow(int depth, int fd)
{
    send_byte(fd, 'n');
    for (int i = 0; i < 3 && depth > 0; i++) {
        if (fork_child() == 0) {
            grow(depth - 1, fd);
            _exit(0);
        }
    }
    for (int i = 0; i < 3 && depth > 0; i++) {
        if (reap(-1) != 0)
            _exit(1);
    }
}

int main(void)
{
    int ends[2];
    make_pipe(ends);
    grow(3, ends[1]);
    close_fd(ends[1]);
    int count = 0;
    while (take_byte(ends[0]) >= 0)
        count++;
    say("processes: %d\n", count);
    return 0;
}
