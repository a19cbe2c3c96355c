/* a child's stop and continuation send SIGCHLD with CLD_STOPPED and CLD_CONTINUED; not with SA_NOCLDSTOP. */
#include "observe.h"

static void on_child(int number)
{
    (void)number;
}

int main(void)
{
    sigset_t set = set_of(SIGCHLD);
    siginfo_t info;
    int status;
    for (int quiet = 0; quiet < 2; quiet++) {
        handle(SIGCHLD, on_child, quiet ? SA_NOCLDSTOP : 0);
        block(SIG_BLOCK, SIGCHLD);
        pid_t child = fork_child();
        if (child == 0) {
            for (;;)
                pause();
        }
        MUST(kill(child, SIGSTOP));
        if (quiet) {
            MUST(waitid(P_PID, (id_t)child, &info, WSTOPPED | WNOWAIT));
            say_result("no SIGCHLD", sigtimedwait(&set, &info, &(struct timespec){0, 0}));
        } else {
            MUST(sigwaitinfo(&set, &info));
            say("stopped %d, status %d, pid %d\n", info.si_code == CLD_STOPPED, info.si_status,
                info.si_pid == child);
        }
        MUST(waitpid(child, &status, WUNTRACED));
        say_status("child", status);
        MUST(kill(child, SIGCONT));
        if (quiet) {
            MUST(waitid(P_PID, (id_t)child, &info, WCONTINUED | WNOWAIT));
            say_result("no SIGCHLD", sigtimedwait(&set, &info, &(struct timespec){0, 0}));
        } else {
            MUST(sigwaitinfo(&set, &info));
            say("continued %d, status %d, pid %d\n", info.si_code == CLD_CONTINUED, info.si_status,
                info.si_pid == child);
        }
        MUST(waitpid(child, &status, WCONTINUED));
        say_status("child", status);
        MUST(kill(child, SIGTERM));
        MUST(sigwaitinfo(&set, &info));
        say("killed %d, status %d\n", info.si_code == CLD_KILLED, info.si_status);
        say_status("child", reap(child));
    }
    return 0;
}
