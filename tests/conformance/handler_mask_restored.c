/* sa_mask holds while the handler runs, and the mask before it is restored after. */
#include "observe.h"

static volatile int inside_one, inside_two;

static void on_signal(int number)
{
    (void)number;
    sigset_t now;
    MUST(sigprocmask(SIG_BLOCK, NULL, &now));
    inside_one = sigismember(&now, SIGUSR1);
    inside_two = sigismember(&now, SIGUSR2);
}

int main(void)
{
    struct sigaction action;
    sigset_t now;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    MUST(sigaddset(&action.sa_mask, SIGUSR2));
    MUST(sigaction(SIGUSR1, &action, NULL));
    raise(SIGUSR1);
    say("inside: SIGUSR1 %d, SIGUSR2 %d\n", inside_one, inside_two);
    MUST(sigprocmask(SIG_BLOCK, NULL, &now));
    say("after: SIGUSR1 %d, SIGUSR2 %d\n", sigismember(&now, SIGUSR1), sigismember(&now, SIGUSR2));
    return 0;
}
