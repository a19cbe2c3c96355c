/* SIGKILL ends a process that computes and makes no system calls. */
#include "observe.h"

int main(void)
{
    int ready[2];
    make_pipe(ready);
    pid_t child = fork_child();
    if (child == 0) {
        send_byte(ready[1], 'r');
        for (;;)
            opaque(1);
    }
    take_byte(ready[0]);
    MUST(kill(child, SIGKILL));
    say_status("child", reap(child));
    return 0;
}
