/* sigqueue names one process: -1 and -group are ESRCH, and nobody gets the signal. */
#include "observe.h"

#include <sys/syscall.h>

int main(void)
{
    int p[2], q[2];
    siginfo_t info = {.si_code = SI_QUEUE};
    MUST(pipe(p));
    MUST(pipe(q));
    signal(SIGUSR1, SIG_IGN);
    pid_t child = fork_child();
    if (child == 0) {
        signal(SIGUSR1, SIG_DFL);
        send_byte(q[1], 'x');
        _exit(take_byte(p[0]) != 'x');
    }
    take_byte(q[0]);
    say_result("all", sigqueue(-1, SIGUSR1, (union sigval){0}));
    say_result("group", sigqueue(-getpgrp(), SIGUSR1, (union sigval){0}));
    say_result("own group", sigqueue(0, SIGUSR1, (union sigval){0}));
    say_result("rt_sigqueueinfo", syscall(SYS_rt_sigqueueinfo, -1, SIGUSR1, &info));
    send_byte(p[1], 'x');
    int status;
    MUST(waitpid(child, &status, 0));
    say_status("child", status);
    return 0;
}
