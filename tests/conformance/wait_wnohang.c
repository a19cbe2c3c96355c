/* WNOHANG returns 0 while the child runs, and the child once it ended. */
#include "observe.h"

int main(void)
{
    int hold[2];
    make_pipe(hold);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(hold[1]);
        take_byte(hold[0]);
        _exit(5);
    }
    int status = 0;
    say_result("running", waitpid(child, &status, WNOHANG));
    close_fd(hold[1]);
    siginfo_t info;
    MUST(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));
    say("ended: %d\n", waitpid(child, &status, WNOHANG) == child);
    say_status("child", status);
    say_result("gone", waitpid(child, &status, WNOHANG));
    return 0;
}
