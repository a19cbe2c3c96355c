/* read returns 0 only after the last write end anywhere in the family is closed. */
#include "observe.h"

int main(void)
{
    int ends[2], hold[2];
    make_pipe(ends);
    make_pipe(hold);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        close_fd(hold[1]);
        if (take_byte(hold[0]) == 'g')
            send_byte(ends[1], 'x');
        _exit(0);
    }
    close_fd(ends[1]);
    close_fd(hold[0]);
    struct pollfd watch = {ends[0], POLLIN, 0};
    int ready = poll(&watch, 1, 0);
    say("while the child holds a write end: poll %d\n", ready);
    send_byte(hold[1], 'g');
    say("byte: %c\n", take_byte(ends[0]));
    say("then: %d\n", take_byte(ends[0]));
    say("again: %d\n", take_byte(ends[0]));
    say_status("child", reap(child));
    return 0;
}
