/* PR_SET_PDEATHSIG sends its signal when the parent ends; a forked child has none. */
#include "observe.h"

#include <sys/prctl.h>

int main(void)
{
    int report[2], ready[2], number;
    make_pipe(report);
    make_pipe(ready);
    pid_t child = fork_child();
    if (child == 0) {
        pid_t grandchild = fork_child();
        if (grandchild == 0) {
            sigset_t set = set_of(SIGUSR1);
            MUST(sigprocmask(SIG_BLOCK, &set, NULL));
            MUST(prctl(PR_SET_PDEATHSIG, SIGUSR1));
            pid_t of_it = fork_child();
            if (of_it == 0) {
                MUST(prctl(PR_GET_PDEATHSIG, &number));
                say("forked: %d\n", number);
                _exit(0);
            }
            reap(of_it);
            MUST(prctl(PR_GET_PDEATHSIG, &number));
            say("set: %d\n", number);
            send_byte(ready[1], 'r');
            MUST(sigwait(&set, &number));
            send_byte(report[1], (char)number);
            _exit(0);
        }
        take_byte(ready[0]);
        _exit(0);
    }
    close_fd(report[1]);
    say_status("child", reap(child));
    say("signal %d\n", take_byte(report[0]));
    say_result("bad signal", prctl(PR_SET_PDEATHSIG, 65));
    return 0;
}
