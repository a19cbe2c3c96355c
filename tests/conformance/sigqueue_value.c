/* sigqueue carries a value from one process to another. */
#include "observe.h"

int main(void)
{
    sigset_t set;
    siginfo_t info;
    block(SIG_BLOCK, SIGUSR1);
    MUST(sigemptyset(&set));
    MUST(sigaddset(&set, SIGUSR1));
    pid_t self = getpid();
    pid_t child = fork_child();
    if (child == 0) {
        union sigval value;
        value.sival_int = 4711;
        MUST(sigqueue(self, SIGUSR1, value));
        _exit(0);
    }
    MUST(sigwaitinfo(&set, &info));
    say("value %d, SI_QUEUE %d, from the child %d\n", info.si_value.sival_int, info.si_code == SI_QUEUE,
        info.si_pid == child);
    say_status("child", reap(child));
    return 0;
}
