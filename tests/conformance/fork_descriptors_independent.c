/* closing a descriptor in the child leaves the parent's open, and the reverse. */
#include "observe.h"

int main(void)
{
    int ends[2], back[2];
    make_pipe(ends);
    make_pipe(back);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(ends[0]);
        send_byte(back[1], 'c');
        close_fd(ends[1]);
        _exit(0);
    }
    take_byte(back[0]);
    send_byte(ends[1], 'x');
    say("parent's end: %c\n", take_byte(ends[0]));
    say_status("child", reap(child));
    say_result("close in the parent", close(ends[1]));
    return 0;
}
