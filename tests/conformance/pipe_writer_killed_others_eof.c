/* a writer that is killed counts as closed: its reader gets what was written, then EOF. */
#include "observe.h"

int main(void)
{
    int ends[2], hold[2];
    make_pipe(ends);
    make_pipe(hold);
    pid_t child = fork_child();
    if (child == 0) {
        send_byte(ends[1], 'x');
        take_byte(hold[0]);
        _exit(0);
    }
    close_fd(ends[1]);
    say("byte: %c\n", take_byte(ends[0]));
    MUST(kill(child, SIGKILL));
    say("then: %d\n", take_byte(ends[0]));
    say_status("child", reap(child));
    return 0;
}
