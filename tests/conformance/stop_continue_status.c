/* SIGSTOP and SIGCONT are seen through WUNTRACED and WCONTINUED; a stopped process does not run. */
#include "observe.h"

int main(void)
{
    int hold[2], ends[2];
    make_pipe(hold);
    make_pipe(ends);
    pid_t child = fork_child();
    if (child == 0) {
        close_fd(hold[1]);
        while (take_byte(hold[0]) >= 0)
            send_byte(ends[1], 'a');
        _exit(0);
    }
    close_fd(hold[0]);
    int status;
    MUST(kill(child, SIGSTOP));
    MUST(waitpid(child, &status, WUNTRACED));
    say_status("child", status);
    send_byte(hold[1], 'q');
    struct pollfd watch = {ends[0], POLLIN, 0};
    say("answers while stopped: %d\n", poll(&watch, 1, 20));
    MUST(kill(child, SIGCONT));
    MUST(waitpid(child, &status, WCONTINUED));
    say_status("child", status);
    say("answer: %c\n", take_byte(ends[0]));
    close_fd(hold[1]);
    say_status("child", reap(child));
    return 0;
}
