/* real-time signals queue with their values, in order of number; ordinary ones do not queue. */
#include "observe.h"

static volatile int count, sum;

static void caught(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    count++;
    sum += info->si_value.sival_int;
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO};
    MUST(sigfillset(&action.sa_mask));
    sigset_t all;
    MUST(sigfillset(&all));
    MUST(sigprocmask(SIG_SETMASK, &all, NULL));
    for (int i = 0; i < 3; i++)
        MUST(sigaction(SIGRTMIN + i, &action, NULL));
    MUST(sigaction(SIGUSR1, &action, NULL));
    for (int i = 0; i < 4; i++) {
        MUST(sigqueue(getpid(), SIGRTMIN + 2, (union sigval){.sival_int = 20 + i}));
        MUST(sigqueue(getpid(), SIGRTMIN, (union sigval){.sival_int = i}));
        MUST(sigqueue(getpid(), SIGUSR1, (union sigval){.sival_int = 100 + i}));
    }
    sigset_t none;
    MUST(sigemptyset(&none));
    siginfo_t info;
    sigset_t just;
    MUST(sigemptyset(&just));
    MUST(sigaddset(&just, SIGRTMIN));
    MUST(sigaddset(&just, SIGRTMIN + 2));
    for (int i = 0; i < 3; i++) {
        int number = sigwaitinfo(&just, &info);
        say("took %d value %d\n", number - SIGRTMIN, info.si_value.sival_int);
    }
    struct timespec now = {0, 0};
    MUST(sigemptyset(&just));
    MUST(sigaddset(&just, SIGUSR1));
    int one = sigtimedwait(&just, &info, &now);
    say("usr1 %d, value %d\n", one == SIGUSR1, info.si_value.sival_int);
    say_result("no more", sigtimedwait(&just, &info, &now));
    MUST(sigprocmask(SIG_SETMASK, &none, NULL));
    say("handled %d, sum %d\n", count, sum);
    return 0;
}
