/* 64 children alive at once, released together by the end of one pipe. */
#include "observe.h"

int main(void)
{
    int ready[2], release[2];
    make_pipe(ready);
    make_pipe(release);
    for (int i = 0; i < 64; i++) {
        if (fork_child() == 0) {
            close_fd(release[1]);
            send_byte(ready[1], 'r');
            _exit(take_byte(release[0]) == -1 ? i : 255);
        }
    }
    for (int i = 0; i < 64; i++)
        take_byte(ready[0]);
    say_result("all alive, none ended", waitpid(-1, NULL, WNOHANG));
    close_fd(release[1]);
    int sum = 0;
    for (int i = 0; i < 64; i++)
        sum += WEXITSTATUS(reap(-1));
    say("sum of exit codes: %d\n", sum);
    return 0;
}
