/* a standard signal sent several times while blocked arrives once, with the first one's information. */
#include "observe.h"

int main(void)
{
    sigset_t set = set_of(SIGUSR1);
    siginfo_t info;
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    for (int i = 1; i <= 5; i++)
        MUST(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = i}));
    say_result("sigwaitinfo", sigwaitinfo(&set, &info));
    say("value %d\n", info.si_value.sival_int);
    say_result("again", sigtimedwait(&set, &info, &(struct timespec){0, 0}));
    return 0;
}
