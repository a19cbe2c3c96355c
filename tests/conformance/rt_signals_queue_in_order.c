/* real-time signals queue: every one arrives with its value, the lower number first, one number in order. */
#include "observe.h"

int main(void)
{
    sigset_t set;
    siginfo_t info;
    MUST(sigemptyset(&set));
    for (int i = 0; i < 3; i++)
        MUST(sigaddset(&set, SIGRTMIN + i));
    MUST(sigprocmask(SIG_BLOCK, &set, NULL));
    for (int round = 0; round < 4; round++) {
        for (int i = 2; i >= 0; i--)
            MUST(sigqueue(getpid(), SIGRTMIN + i, (union sigval){.sival_int = 10 * i + round}));
    }
    for (int taken = 0; taken < 12; taken++) {
        int number = sigwaitinfo(&set, &info);
        say("SIGRTMIN+%d value %d SI_QUEUE %d\n", number - SIGRTMIN, info.si_value.sival_int,
            info.si_code == SI_QUEUE);
    }
    say_result("sigtimedwait", sigtimedwait(&set, &info, &(struct timespec){0, 0}));
    return 0;
}
