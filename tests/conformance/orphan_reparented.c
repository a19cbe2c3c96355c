/* a process whose parent ended has another parent, and goes on. */
#include "observe.h"

int main(void)
{
    int ends[2], hold[2];
    make_pipe(ends);
    make_pipe(hold);
    pid_t child = fork_child();
    if (child == 0) {
        pid_t parent = getpid();
        if (fork_child() == 0) {
            close_fd(hold[1]);
            send_byte(ends[1], getppid() == parent ? 'p' : 'o');
            take_byte(hold[0]);
            send_byte(ends[1], getppid() == parent ? 'p' : 'o');
            _exit(0);
        }
        take_byte(ends[0]);
        _exit(0);
    }
    say_status("parent of the orphan", reap(child));
    close_fd(hold[1]);
    close_fd(ends[1]);
    say("before 'p', after: %c\n", take_byte(ends[0]));
    say("end: %d\n", take_byte(ends[0]));
    say_result("the orphan is not our child", wait(NULL));
    return 0;
}
