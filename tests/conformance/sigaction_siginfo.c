/* SA_SIGINFO handlers learn the signal, that kill sent it, and who. */
#include "observe.h"

static volatile int number_seen, code_seen;
static volatile pid_t sender;

static void on_signal(int number, siginfo_t *info, void *context)
{
    number_seen = number + 1000 * (context == NULL);
    code_seen = info->si_code;
    sender = info->si_pid;
}

int main(void)
{
    struct sigaction action, old;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    MUST(sigaction(SIGUSR1, &action, NULL));
    MUST(sigaction(SIGUSR1, NULL, &old));
    say("reads back: %d\n", old.sa_sigaction == on_signal && (old.sa_flags & SA_SIGINFO) != 0);
    MUST(kill(getpid(), SIGUSR1));
    say("SIGUSR1 %d, SI_USER %d, own pid %d\n", number_seen == SIGUSR1, code_seen == SI_USER,
        sender == getpid());
    return 0;
}
