/* a child's end sends SIGCHLD with its pid and status to the parent. */
#include "observe.h"

static volatile pid_t from;
static volatile int code, status_seen;

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    from = info->si_pid;
    code = info->si_code;
    status_seen = info->si_status;
}

int main(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    MUST(sigaction(SIGCHLD, &action, NULL));
    sigset_t set, old;
    MUST(sigemptyset(&set));
    MUST(sigaddset(&set, SIGCHLD));
    MUST(sigprocmask(SIG_BLOCK, &set, &old));
    pid_t child = fork_child();
    if (child == 0)
        _exit(12);
    while (from == 0)
        sigsuspend(&old);
    say("pid %d, CLD_EXITED %d, status %d\n", from == child, code == CLD_EXITED, status_seen);
    say_status("child", reap(child));
    return 0;
}
