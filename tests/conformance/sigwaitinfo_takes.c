/* sigwaitinfo takes a pending signal without its handler; sigtimedwait is EAGAIN without one. */
#include "observe.h"

int main(void)
{
    sigset_t set;
    siginfo_t info;
    struct timespec none = {0, 0};
    block(SIG_BLOCK, SIGUSR1);
    MUST(sigemptyset(&set));
    MUST(sigaddset(&set, SIGUSR1));
    say_result("none pending", sigtimedwait(&set, &info, &none));
    MUST(kill(getpid(), SIGUSR1));
    say("sigwaitinfo: %d\n", sigwaitinfo(&set, &info) == SIGUSR1);
    say("from us: %d\n", info.si_pid == getpid());
    say_result("taken", sigtimedwait(&set, &info, &none));
    return 0;
}
