/* several pending signals run all their handlers before the interrupted code goes on. */
#include "observe.h"

static volatile int seen[4];

static void on_signal(int number)
{
    seen[number == SIGHUP ? 0 : number == SIGUSR1 ? 1 : number == SIGUSR2 ? 2 : 3]++;
}

int main(void)
{
    sigset_t all;
    const int numbers[] = {SIGHUP, SIGUSR1, SIGUSR2, SIGRTMIN};
    MUST(sigfillset(&all));
    MUST(sigprocmask(SIG_BLOCK, &all, NULL));
    for (int i = 0; i < 4; i++) {
        handle(numbers[i], on_signal, 0);
        MUST(raise(numbers[i]));
        MUST(raise(numbers[i]));
    }
    MUST(sigprocmask(SIG_UNBLOCK, &all, NULL));
    say("%d %d %d %d\n", seen[0], seen[1], seen[2], seen[3]);
    return 0;
}
