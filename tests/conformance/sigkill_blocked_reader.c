/* SIGKILL ends a process that is blocked in a read, also with every signal blocked. */
#include "observe.h"

int main(void)
{
    int ends[2], ready[2];
    make_pipe(ends);
    make_pipe(ready);
    pid_t child = fork_child();
    if (child == 0) {
        sigset_t all;
        MUST(sigfillset(&all));
        MUST(sigprocmask(SIG_SETMASK, &all, NULL));
        send_byte(ready[1], 'r');
        take_byte(ends[0]);
        _exit(0);
    }
    take_byte(ready[0]);
    MUST(kill(child, SIGKILL));
    say_status("child", reap(child));
    return 0;
}
