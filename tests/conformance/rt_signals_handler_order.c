/* unblocked at once, queued real-time signals run their handlers once for each, with values in order. */
#include "observe.h"

static volatile int values[8];
static volatile int seen;

static void on_signal(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    values[seen++] = info->si_value.sival_int;
}

int main(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    MUST(sigaction(SIGRTMIN + 3, &action, NULL));
    block(SIG_BLOCK, SIGRTMIN + 3);
    for (int i = 0; i < 8; i++)
        MUST(sigqueue(getpid(), SIGRTMIN + 3, (union sigval){.sival_int = i * i}));
    say("blocked: %d\n", seen);
    block(SIG_UNBLOCK, SIGRTMIN + 3);
    say("unblocked: %d\n", seen);
    for (int i = 0; i < seen; i++)
        say("value %d\n", values[i]);
    return 0;
}
