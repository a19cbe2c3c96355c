/* si_code tells kill, sigqueue, tgkill, a timer and a child's end apart. */
#include "observe.h"

#include <sys/syscall.h>

static void take(const char *what, int number)
{
    sigset_t set = set_of(number);
    siginfo_t info;
    say("%s: signal %ld", what,
        syscall(SYS_rt_sigtimedwait, &set, &info, NULL, 8)); /* the library hides SI_TKILL */
    say(" code %d from self %d\n", info.si_code, info.si_code <= 0 && info.si_pid == getpid());
}

int main(void)
{
    block(SIG_BLOCK, SIGUSR1);
    block(SIG_BLOCK, SIGCHLD);
    MUST(kill(getpid(), SIGUSR1));
    take("kill", SIGUSR1);
    MUST(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 1}));
    take("sigqueue", SIGUSR1);
    MUST(syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1));
    take("tgkill", SIGUSR1);
    pid_t child = fork_child();
    if (child == 0)
        _exit(0);
    take("child", SIGCHLD);
    say_status("child", reap(child));
    return 0;
}
