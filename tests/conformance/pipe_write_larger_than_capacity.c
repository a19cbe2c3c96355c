/* a blocking write larger than the pipe's capacity completes as the reader drains it. */
#include "observe.h"

enum { SIZE = 1 << 20 };
static unsigned char buffer[SIZE];

int main(void)
{
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        for (int i = 0; i < SIZE; i++)
            buffer[i] = (unsigned char)(i * 7 + i / 4096);
        _exit(write(ends[1], buffer, SIZE) == SIZE ? 0 : 1);
    }
    close_fd(ends[1]);
    long total = 0, wrong = 0;
    ssize_t n;
    while ((n = read(ends[0], buffer, 10007)) > 0) {
        for (ssize_t i = 0; i < n; i++, total++)
            wrong += buffer[i] != (unsigned char)(total * 7 + total / 4096);
    }
    say("read %ld bytes, %ld wrong\n", total, wrong);
    say_status("writer", reap(child));
    return 0;
}
