/* what an exited writer wrote can still be read. */
#include "observe.h"

int main(void)
{
    int ends[2];
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        MUST(write(ends[1], "last words", 10));
        _exit(0);
    }
    close_fd(ends[1]);
    say_status("child", reap(child));
    char buffer[20];
    ssize_t n = read(ends[0], buffer, sizeof buffer);
    say("%.*s, then %d\n", (int)n, buffer, take_byte(ends[0]));
    return 0;
}
