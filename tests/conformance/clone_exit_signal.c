/* a child made by clone with another exit signal sends that one, and is waited for with __WALL only. */
#include "observe.h"

#include <sched.h>
#include <sys/syscall.h>

int main(void)
{
    sigset_t set = set_of(SIGUSR1);
    siginfo_t info;
    int status;
    MUST(sigaddset(&set, SIGCHLD));
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    long child = syscall(SYS_clone, SIGUSR1, NULL, NULL, NULL, 0);
    if (child == 0)
        syscall(SYS_exit_group, 6);
    MUST(child);
    say_result("signal", sigwaitinfo(&set, &info));
    say("pid %d status %d\n", info.si_pid == child, info.si_status);
    say_result("wait", waitpid((pid_t)child, &status, WNOHANG));
    say("__WALL %d\n", waitpid((pid_t)child, &status, __WALL) == child);
    say_status("child", status);
    return 0;
}
